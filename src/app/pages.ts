// Pages and texts of ours in editor tabs.

export interface Pages {
  /** Opens a field note as a preview. */
  note(key: string): Promise<void>;
  /** The Markdown of a field note. */
  noteText(key: string): Promise<string>;
  /** Shows a Markdown text as a page with this name. Text from outside in it must be escaped. */
  page(name: string, markdown: string): Promise<void>;
  panel(options: PanelOptions): Panel;
  /** Shows a text that cannot be changed in an editor; the ending of `name` decides its language. */
  document(name: string, text: string): Promise<void>;
}

/** A page of our own in an editor tab; see `src/vscode/pages/panel.ts`. */
export interface PanelOptions {
  /** One tab for each id: opening it again shows the tab that is there, with the new data. */
  id: string;
  title: string;
  /** Name of a bundle in `dist/webview`, whose source is `src/webview`. */
  script: string;
  /** Name of a style sheet in `media/webview`, which the build puts into `dist/webview`. */
  style: string;
  /** What the page shows, as plain data. */
  data: object;
  /** What the page sends. It comes from outside and has to be checked. A rejection is shown to the person. */
  onMessage(message: unknown, panel: Panel): void | Promise<void>;
}

export interface Panel {
  /** Gives the page other data to draw. */
  update(data: object): void;
  /** What the page is given when its tab is shown again, without drawing anything now. */
  keep(data: object): void;
  /** Sends the page a message of its own, besides its data. A hidden page gets none. */
  post(message: object): void;
  readonly visible: boolean;
  readonly onVisible: (listener: (visible: boolean) => void) => void;
  close(): void;
  readonly onClosed: (listener: () => void) => void;
}
