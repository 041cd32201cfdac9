// Which other extensions explain Dockerfiles too, and what that means for our hovers.

/** The value of the setting `docknotes.dockerfile.hovers`. */
export type HoverSetting = 'auto' | 'on' | 'off';

/** Extensions that bring a Dockerfile language server with hovers of its own, and the names that people know them by. */
const others: Readonly<Record<string, string>> = {
  'ms-azuretools.vscode-containers': 'Container Tools',
  'ms-azuretools.vscode-docker': 'Docker',
  'docker.docker': 'Docker DX',
};

/** The name of the other extension among the installed ones, by id in any casing; undefined when there is none. */
export function otherServer(installed: readonly string[]): string | undefined {
  return installed.map((id) => others[id.toLowerCase()]).find((name) => name !== undefined);
}

/** Whether our hovers are shown: two for one word would be in each other's way, unless the person wants both. */
export function showsHovers(setting: HoverSetting, other: string | undefined): boolean {
  return setting === 'on' || (setting === 'auto' && other === undefined);
}
