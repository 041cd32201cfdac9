// What changes in registries need beyond `editing.ts`, as one file that is loaded at the first change.
export { planCleanup } from './cleanup.ts';
export { datesOf } from './cleanupDates.ts';
export { copyImage } from './copy/algorithm.ts';
export { copyApart, NotApart } from './copy/apart.ts';
export { createUploadNotes } from './copy/journal.ts';
export { indexesWith, surveyRepository } from './survey.ts';
