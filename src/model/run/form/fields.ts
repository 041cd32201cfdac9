// The fields of the run form: which run option each fills, how it is asked for, and the field note that goes with it.
import { type RunFlag, runFlags } from '../flagTable.ts';
import type { RunOptions } from '../options.ts';
import { environmentSection } from './sections/environment.ts';
import type { SectionField } from './sections/field.ts';
import { healthSection } from './sections/health.ts';
import { imageSection } from './sections/image.ts';
import { limitsSection } from './sections/limits.ts';
import { otherSection } from './sections/other.ts';
import { portsSection } from './sections/ports.ts';
import { securitySection } from './sections/security.ts';
import { startSection } from './sections/start.ts';
import { storageSection } from './sections/storage.ts';

const sections = {
  image: imageSection,
  start: startSection,
  ports: portsSection,
  environment: environmentSection,
  storage: storageSection,
  health: healthSection,
  limits: limitsSection,
  security: securitySection,
  other: otherSection,
};

export type SectionId = keyof typeof sections;

export type FormField = SectionField & { section: SectionId };
export type FieldId = FormField['id'];

const sectionIds = Object.keys(sections) as SectionId[];

/** The sections in the order of the page. */
export const formSections: readonly { id: SectionId; title(): string }[] = sectionIds.map((id) => ({
  id,
  title: sections[id].title,
}));

/** The fields in the order of the page. */
export const formFields: readonly FormField[] = sectionIds.flatMap((section) =>
  sections[section].fields.map((field): FormField => ({ ...field, section })),
);

/** The field that fills an option. */
export function fieldOf(id: FieldId): FormField | undefined {
  return formFields.find((field) => field.id === id);
}

/** What an option is called: as its field, or as its flag where it has no field of its own. */
export function labelOf(option: keyof RunOptions | RunFlag['kind']): string {
  const field = formFields.find(({ id }) => id === option);
  const flag = runFlags.find((each) => 'field' in each && each.field === option);
  return field?.label() ?? `--${flag?.name ?? option}`;
}
