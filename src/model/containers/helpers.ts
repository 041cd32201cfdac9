// Containers that Docknotes makes for a moment, to reach files of volumes and images.

/** The label of each, by which lists leave them out and a later session finds what was left behind. */
export const helperLabel = 'docknotes.helper';
