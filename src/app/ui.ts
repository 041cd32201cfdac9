// Everything that asks or tells a person something: the join of its parts.
import type { FileEditors, LocalFiles } from './files.ts';
import type { Messages } from './messages.ts';
import type { Navigation } from './navigation.ts';
import type { Pages } from './pages.ts';
import type { Prompts } from './prompts.ts';
import type { Terminals } from './terminals.ts';

export interface Ui extends Prompts, Messages, Terminals, Pages, LocalFiles, FileEditors, Navigation {}
