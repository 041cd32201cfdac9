// Copies the id, the name, an address or another detail of a container.

import type { App } from '../../app/index.ts';
import type { Choice } from '../../app/prompts.ts';
import { containerFacts } from '../../model/containers/details.ts';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import type { Container } from '../../model/objects.ts';
import { plain } from '../../model/text.ts';
import { chooseContainer } from '../../steps/containers/choose.ts';
import type { Target } from '../../steps/target.ts';

export interface CopyOptions {
  detail: 'id' | 'name' | 'address' | 'image' | 'command';
}

interface Detail {
  detail: CopyOptions['detail'];
  label: string;
  text: string;
}

/** Resolves with the text that is now in the clipboard; an address is that in the first network. */
export async function copyContainerDetail(
  app: Pick<App, 'engine' | 'ui'>,
  target?: Target,
  options?: CopyOptions,
): Promise<{ text: string }> {
  const { id, name } = await chooseContainer(app, target, { title: t('Copy from Container') });
  const client = await app.engine.client();
  const { raw, image } = await client.containers.inspect(id);
  const listing = app.engine.inventory.peek('containers', id);
  const details = detailsOf({ id, name, image }, listing, raw).filter(({ text }) => text !== '');
  if (options) {
    const found = details.find(({ detail }) => detail === options.detail);
    if (!found) {
      throw new UserError(
        'no-detail',
        t('{0} has no {1} now. Only a running container has addresses.', name, options.detail),
      );
    }
    await app.ui.copy(found.text);
    return { text: found.text };
  }
  const choices = details.map(
    ({ label, text }): Choice<string> => ({ label, description: plain(text, 200), icon: 'copy', value: text }),
  );
  const text = await app.ui.pick(choices, { title: t('Copy from {0}', name), placeholder: t('Choose what to copy') });
  await app.ui.copy(text);
  return { text };
}

function detailsOf(
  { id, name, image }: { id: string; name: string; image: string },
  listing: Container | undefined,
  raw: unknown,
): Detail[] {
  return [
    { detail: 'name', label: t('Name'), text: name },
    { detail: 'id', label: t('Id'), text: id },
    ...containerFacts(raw)
      .addresses.flatMap(({ network, ip, ip6 }) => [ip, ip6].map((text) => ({ network, text })))
      .map(
        ({ network, text }): Detail => ({ detail: 'address', label: t('Address in {0}', plain(network, 60)), text }),
      ),
    { detail: 'image', label: t('Image'), text: image },
    { detail: 'command', label: t('Command'), text: plain(listing?.command ?? '', 100_000) },
  ];
}
