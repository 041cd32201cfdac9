// What changes in registries need beyond `editing.ts`, as one file that is loaded at the first change.
export { planCleanup } from './cleanup.ts';
export { datesOf } from './cleanupDates.ts';
export { runCleanup } from './cleanupRun.ts';
export { copyApart, NotApart } from './copy/apart.ts';
export { createUploadNotes } from './copy/journal.ts';
export { copyImage } from './copy/oneImage.ts';
export { deleteDigest, planDeletion } from './deletion.ts';
export { retag } from './retag.ts';
export { surveyRepository } from './survey.ts';
