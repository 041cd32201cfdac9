// Where a user of a Dockerfile comes from.
import type { Translate } from '../../model/l10n.ts';
import type { Dockerfile, Placed } from '../document.ts';
import { lineOf } from '../meaning/places.ts';
import { createdBy } from '../meaning/users.ts';
import { code } from './markdown.ts';

/** A sentence about a user, by name or number; none where there is nothing to say. */
export function describeUser(document: Dockerfile, placed: Placed, user: string, t: Translate): string[] {
  const creator = createdBy(document, placed, user);
  if (creator) {
    return [t('Created on line {0}: {1}', lineOf(document, creator.placed, creator.span), code(creator.text))];
  }
  if (user === 'root' || user === '0') {
    return [t('The administrator of the container. Images that need no such rights end with another user.')];
  }
  return /^\d+$/.test(user) || user.includes('$')
    ? []
    : [t('No useradd or adduser above creates it, so the base image must have it.')];
}
