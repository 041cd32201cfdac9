// A question that is answered by typing, with completions below the box as in a shell or an address bar.
import * as vscode from 'vscode';
import type { CompleteOptions, Offer } from '../../app.ts';
import { Cancelled } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { inert, plain } from '../../model/text.ts';

interface Item extends vscode.QuickPickItem {
  /** Absent for a heading and for the sentence that says what is wrong. */
  offer?: Offer;
  /** What was typed when it was offered. */
  typed?: string;
}

/** Resolves with the text that was typed, or with the offer that was chosen. Closing it rejects with Cancelled. */
export function complete(options: CompleteOptions): Promise<string> {
  const box = vscode.window.createQuickPick<Item>();
  box.title = inert(options.title);
  box.placeholder = inert(options.placeholder ?? '');
  box.ignoreFocusOut = true;
  // Our order stands; the property is newer than the types.
  Object.assign(box, { sortByLabel: false });

  let latest = 0;
  async function fill(typed: string): Promise<void> {
    latest += 1;
    const mine = latest;
    const asked = options.offers(typed);
    const show = (offers: readonly Offer[], more: boolean) => {
      const chosen = box.activeItems[0]?.offer?.text;
      box.items = itemsFor(typed, offers, more, options);
      box.busy = more;
      const active = box.items.find(({ offer }) => offer !== undefined && offer.text === chosen) ?? first(box.items);
      box.activeItems = active ? [active] : [];
    };
    if (!(asked instanceof Promise)) {
      show(asked, false);
      return;
    }
    show([], true);
    const offers = await asked.catch(() => []);
    if (mine === latest) {
      show(offers, false);
    }
  }

  return new Promise<string>((resolve, reject) => {
    const changing = box.onDidChangeValue((typed) => void fill(typed));
    const accepting = box.onDidAccept(() => {
      const [item] = box.selectedItems;
      // A fast typist presses Enter before the offers for the last letters are there: then the text counts.
      const offer = item?.typed === box.value ? item.offer : undefined;
      if (offer?.begins) {
        box.value = offer.text;
        void fill(offer.text);
        return;
      }
      const text = offer?.text ?? box.value;
      if (options.check(text) === undefined && (offer || item?.typed !== box.value)) {
        resolve(text);
        box.hide();
      }
    });
    const closing = box.onDidHide(() => {
      latest += 1;
      reject(new Cancelled());
      for (const each of [changing, accepting, closing, box]) {
        each.dispose();
      }
    });
    box.value = options.value ?? '';
    void fill(box.value);
    box.show();
  });
}

/**
 * What was typed comes first, so that Enter takes it. Where it cannot be used and nothing is offered, nor is `more` to
 * come, the reason stands in its place.
 */
function itemsFor(typed: string, offers: readonly Offer[], more: boolean, { check }: CompleteOptions): Item[] {
  const problem = typed === '' ? undefined : check(typed);
  const own = offers.find(({ text }) => text === typed);
  const items: Item[] = [];
  if (typed !== '' && problem === undefined) {
    items.push(itemOf({ text: typed, description: t('as typed'), icon: 'check', ...own }, typed));
  }
  for (const offer of offers.filter((each) => each !== own || problem !== undefined)) {
    if (offer.group) {
      items.push({ label: inert(offer.group), kind: vscode.QuickPickItemKind.Separator });
    }
    items.push(itemOf(offer, typed));
  }
  if (problem !== undefined && offers.length === 0 && !more) {
    items.push({ label: `$(info) ${inert(problem)}`, alwaysShow: true, typed });
  }
  return items;
}

function itemOf(offer: Offer, typed: string): Item {
  const text = plain(offer.text, 500);
  return {
    label: offer.icon ? `$(${offer.icon}) ${inert(text)}` : inert(text),
    ...(offer.description === undefined ? {} : { description: inert(plain(offer.description, 300)) }),
    alwaysShow: true,
    offer,
    typed,
  };
}

function first(items: readonly Item[]): Item | undefined {
  return items.find(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
}
