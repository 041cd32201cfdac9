// Opens the page that a container serves at a published port.
import type { App } from '../../app.ts';
import { isWebPort, webPorts } from '../../model/containers/webAddress.ts';
import type { PortElement } from '../../model/elements.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import { rowsOf, type Target } from '../../steps/target.ts';

export interface OpenInBrowserOptions {
  /** Port inside the container; the likeliest one when absent. */
  port?: number;
  /** False: only tells the address. */
  open?: boolean;
}

/** Resolves with the address. Asks only where several ports are published and none is known for web pages. */
export async function openInBrowser(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: OpenInBrowserOptions,
): Promise<{ url: string }> {
  const { id, name } = await chooseContainer(app, target, { title: t('Open in Browser'), states: ['running'] });
  const row = rowsOf(target).find((each): each is PortElement => each.type === 'port');
  const containers = await app.engine.inventory.all('containers');
  const ports = containers.find((container) => container.id === id)?.ports ?? [];
  const wanted = row ? { port: row.port, host: row.host } : { port: options?.port, host: undefined };
  const found = webPorts(ports, app.engine.inventory.status.endpoint?.url).filter(
    ({ port }) =>
      (wanted.port === undefined || port.container === wanted.port) &&
      (wanted.host === undefined || port.host === wanted.host),
  );
  const [best] = found;
  if (!best) {
    throw new UserError(
      'no-web-port',
      t(
        '{0} publishes no TCP port that can be reached from here. Run it again with a port, such as -p 8080:80, to open it in a browser.',
        name,
      ),
      { actions: [{ label: t('Learn More'), note: 'run.ports' }] },
    );
  }
  const clear = options !== undefined || found.length === 1 || isWebPort(best.port);
  const url = clear
    ? best.url
    : await app.ui.pick(
        found.map(({ url: value, port }) => ({
          label: value,
          description: t('port {0} in the container', port.container),
          icon: 'globe',
          value,
        })),
        { title: t('Open in Browser'), placeholder: t('Choose a port') },
      );
  if (options?.open !== false) {
    await app.ui.browse(url);
  }
  return { url };
}
