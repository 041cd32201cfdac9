// What the extension and its language server say to each other beyond the protocol's own messages.

/** Given to the server when it starts. */
export interface ServerOptions {
  /** The compressed file of the notes of all languages. */
  notesFile: string;
  language: NotesLanguage;
  /** Translations of the words around the notes, for the language of the notes; empty for English. */
  words: Readonly<Record<string, string>>;
}

export type NotesLanguage = 'en' | 'zh-cn';

/** Notification to the server: the language of the notes changed. */
export const languageChanged = 'docknotes/languageChanged';
export type LanguageChanged = Pick<ServerOptions, 'language' | 'words'>;

/** Request to the extension: what the engine, or a registry that the person added, knows of a base image. */
export const imageFacts = 'docknotes/imageFacts';
export interface ImageFactsParams {
  reference: string;
}

/** Request to the extension: what the registry of an image has now. The same parameters. */
export const imageNews = 'docknotes/imageNews';
