import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UserError } from '../../../../src/model/errors.ts';
import {
  failed,
  listingOf,
  loaded,
  loading,
  type Outdated,
  outdated,
  withRepository,
  withSaved,
} from '../../../../src/registry/known/listState.ts';

const old: Outdated = { kind: 'outdated', old: { names: ['old'], at: 1000 } };
const whole = loaded({ names: ['a', 'c'], at: 2000 }, false);

describe('the state of a list', () => {
  it('shows pages as they arrive, and old names until all have', () => {
    const arrived: string[] = [];
    const fresh = loading(undefined, arrived);
    arrived.push('a');
    assert.deepEqual(listingOf(fresh, []), { names: ['a'], complete: false });
    assert.deepEqual(listingOf(loading(old, arrived), []), { names: ['old'], complete: false, asOf: 1000 });
  });

  it('shows what was saved where nothing else is there, also after a failure', () => {
    const saved = { names: ['saved'], at: 500 };
    assert.deepEqual(withSaved(loading(undefined, []), saved).old, saved);
    assert.deepEqual(withSaved(failed(loading(undefined, []), new Error('x')), saved).old, saved);
    assert.equal(withSaved(loading(undefined, ['a']), saved).old, undefined);
    assert.deepEqual(withSaved(loading(old, []), saved).old, old.old);
    assert.equal(withSaved(loading(undefined, []), { names: [], at: 500 }).old, undefined);
    assert.equal(withSaved(whole, saved), whole);
  });

  it('is outdated with the names that it had as a whole, or else is nothing', () => {
    assert.deepEqual(outdated(whole), { kind: 'outdated', old: whole.list });
    assert.deepEqual(outdated(old), old);
    assert.deepEqual(outdated(loading(old, ['a'])), old);
    assert.deepEqual(outdated(failed(loading(old, ['a']), new Error('x'))), old);
    assert.equal(outdated(loading(undefined, ['a'])), undefined);
    assert.equal(outdated(failed(loading(undefined, ['a']), new Error('x'))), undefined);
  });

  it('takes a repository into its place, unless it is there or will come by itself', () => {
    assert.deepEqual(withRepository(whole, 'b')?.list.names, ['a', 'b', 'c']);
    assert.deepEqual(withRepository(whole, 'd')?.list.names, ['a', 'c', 'd']);
    assert.equal(withRepository(whole, 'a'), undefined);
    assert.equal(withRepository(loading(undefined, ['a']), 'b'), undefined);
    assert.deepEqual(withRepository(loading(old, []), 'new')?.old?.names, ['new', 'old']);
    assert.deepEqual(withRepository(failed(loading(undefined, ['a']), new Error('x')), 'b')?.arrived, ['a', 'b']);
    assert.deepEqual(withRepository(old, 'new')?.old.names, ['new', 'old']);
  });

  it('tells names that were added first, each once, and where a list was cut', () => {
    assert.deepEqual(listingOf(whole, ['z', 'a']), { names: ['z', 'a', 'c'], complete: true });
    assert.deepEqual(listingOf(loaded({ names: ['a'], at: 1 }, true), []), { names: ['a'], complete: true, cut: true });
  });

  it('tells why there is no list, and what a person can do', () => {
    const told = (error: unknown) => listingOf(failed(loading(undefined, []), error), []);
    const base = { names: [], complete: true, failure: 'No.' };
    const action = { label: 'Choose', command: 'docknotes.chooseNamespaces' };
    assert.deepEqual(told(new Error('No.')), base);
    assert.deepEqual(told(new UserError('login-failed', 'No.')), { ...base, wantsLogin: true });
    assert.deepEqual(told(new UserError('unauthorized', 'No.')), { ...base, wantsLogin: true });
    assert.deepEqual(told(new UserError('no-catalog', 'No.')), { ...base, noCatalog: true });
    assert.deepEqual(told(new UserError('no-catalog', 'No.', { actions: [action] })), {
      ...base,
      noCatalog: true,
      wantsNamespaces: true,
    });
  });
});
