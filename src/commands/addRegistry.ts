// Adds a registry to the view: an address as a person types it, checked step by step before it is kept.
import type { App } from '../app.ts';
import { Cancelled, messageOf } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { parseAddress } from '../model/reference.ts';
import { type JoinAttempt, mendAttempt } from '../steps/adding.ts';
import { knownAddresses } from '../steps/addresses.ts';

export interface AddRegistryOptions {
  username?: string;
  password?: string;
  /** CAs to trust for this registry: PEM texts or files. */
  trustedCa?: string | string[];
  /** Takes plain http on another machine, where https is not spoken. */
  allowHttp?: boolean;
}

/** Resolves with the address under which the registry is kept. `target` is the address. */
export async function addRegistry(
  app: App,
  target?: unknown,
  options?: AddRegistryOptions,
): Promise<{ registry: string }> {
  if (options) {
    const { trustedCa, ...joining } = options;
    const trust = trustedCa === undefined ? {} : { trustedCa: [trustedCa].flat() };
    return check(app, { typed: typeof target === 'string' ? target : '', joining: { ...joining, ...trust } });
  }
  let attempt: JoinAttempt = { typed: typeof target === 'string' ? target : await askAddress(app), joining: {} };
  for (;;) {
    const known = addedAlready(app, attempt.typed);
    if (known !== undefined) {
      app.ui.say(t('{0} is in the view already.', known));
      return { registry: known };
    }
    try {
      return await check(app, attempt);
    } catch (error) {
      if (error instanceof Cancelled) {
        throw error;
      }
      const mended = await mendAttempt(app, attempt, error);
      attempt = { ...mended, typed: mended.typed ?? (await askAddress(app, attempt.typed)) };
    }
  }
}

async function check(app: App, { typed, joining }: JoinAttempt): Promise<{ registry: string }> {
  const added = await app.ui.progress(t('Checking {0}', typed.trim()), (report, signal) =>
    app.registries.add(typed, { ...joining, onStep: ({ sentence }) => report(sentence) }, signal),
  );
  const { address, login, clientCertificate } = added;
  app.ui.say(
    clientCertificate
      ? t('{0} is in the view. It was shown the client certificate in {1}.', address, clientCertificate)
      : login
        ? t('{0} is in the view, with the login of {1} from {2}.', address, login.account ?? t('a token'), login.source)
        : t('{0} is in the view.', address),
  );
  return { registry: address };
}

/** The registry that the text names, if a person has added it; one of the settings can be kept as well, with a login. */
function addedAlready(app: App, typed: string): string | undefined {
  const { host, prefix } = parseAddress(typed);
  const name = prefix === undefined ? host : `${host}/${prefix}`;
  return app.registries.list().find(({ address, fromSetting }) => address === name && !fromSetting)?.address;
}

async function askAddress(app: App, value = ''): Promise<string> {
  const known = knownAddresses(app);
  return app.ui.complete({
    title: t('Add Registry'),
    placeholder: t('The address of the registry, such as localhost:5000 or https://registry.example.com'),
    value,
    offers: async (text) => (await known).filter((offer) => offer.text.includes(text.trim().toLowerCase())),
    check: checkAddress,
  });
}

function checkAddress(text: string): string | undefined {
  try {
    parseAddress(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
