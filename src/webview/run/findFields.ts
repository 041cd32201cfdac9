// What the form offers and finds: names while a field is typed, fields by their name, the section that is read.
import { type FieldId, type FormField, formFields, type SectionId } from '../../model/run/form/fields.ts';
import type { FormFacts } from '../../model/run/form/values.ts';

type Offer = NonNullable<FormField['offers']>;
export const offerKinds: readonly Offer[] = ['images', 'networks', 'containers', 'volumes'];
/** Names that are offered for one field at most: a browser shows no more of them in good time. */
const maxOffers = 500;

/** The known names that are offered for a kind of fields; that of a volume goes on with its place in the container. */
export function offersOf(kind: Offer, facts: FormFacts): string[] {
  const names = kind === 'volumes' ? facts.volumes.map((name) => `${name}:`) : facts[kind];
  return names.slice(0, maxOffers);
}

/** The fields that have the text in their name, flag or hint, and their sections; all of them for no text. */
export function findFields(text: string): { fields: ReadonlySet<FieldId>; sections: ReadonlySet<SectionId> } {
  const wanted = text.trim().toLowerCase();
  const found = formFields.filter(({ label, flag, hint, id }) =>
    `${label()} ${flag} ${hint()} ${id}`.toLowerCase().includes(wanted),
  );
  return { fields: new Set(found.map(({ id }) => id)), sections: new Set(found.map(({ section }) => section)) };
}

/**
 * The section that is read: the last one that begins in the upper third of what is in sight; undefined when none does.
 * All are pixels from the upper edge of the window; `head` is where what is in sight begins.
 */
export function sectionInSight<T>(
  sections: readonly { id: T; top: number }[],
  head: number,
  height: number,
): T | undefined {
  const line = head + (height - head) / 3;
  return sections.filter(({ top }) => top <= line).at(-1)?.id;
}
