import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RegistryError } from '../../../../src/model/registries/error.ts';
import { retryAfterOf, waitAfterAnswer, waitAfterFailure } from '../../../../src/registry/http/retry.ts';

describe('Retry-After', () => {
  it('is seconds or a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const read = (value: string) => retryAfterOf({ 'retry-after': value }, now);
    assert.equal(read('3'), 3000);
    assert.equal(read('Thu, 01 Jan 2026 00:00:20 GMT'), 20_000);
    assert.equal(read('Wed, 31 Dec 2025 00:00:00 GMT'), 0);
    assert.equal(read('soon'), undefined);
    assert.equal(retryAfterOf({}, now), undefined);
  });
});

describe('a request that failed', () => {
  const get = { method: 'GET' } as const;
  const wait = (status: number, tries: number, waited = 0, after?: string) =>
    waitAfterAnswer(get, { status, headers: after === undefined ? {} : { 'retry-after': after } }, tries, waited);

  it('is tried again after a status that may pass, with longer and longer waits', () => {
    assert.deepEqual(
      [1, 2, 3].map((tries) => wait(503, tries)),
      [300, 600, undefined],
    );
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((tries) => wait(429, tries)),
      [2000, 4000, 8000, 16_000, undefined],
    );
    assert.deepEqual(
      [1, 2].map((tries) => wait(500, tries)),
      [300, undefined],
    );
    assert.equal(wait(404, 1), undefined);
    assert.equal(waitAfterAnswer({ method: 'PUT' }, { status: 503, headers: {} }, 1, 0), undefined);
  });

  it('waits as long as the registry wants, up to a minute in all', () => {
    assert.equal(wait(429, 1, 0, '7'), 7000);
    assert.equal(wait(429, 1, 0, '61'), undefined);
    assert.equal(wait(429, 2, 50_000, '20'), undefined);
  });

  it('is sent once more where its connection was lost, unless it must not run twice', () => {
    const lost = new RegistryError('connection-lost', 'It is gone.', { host: 'registry.lab' });
    const stale = Object.assign(new Error('It was idle.'), { staleConnection: true });
    assert.equal(waitAfterFailure(get, lost, 1), 200);
    assert.equal(waitAfterFailure(get, lost, 2), undefined);
    assert.equal(waitAfterFailure({ method: 'PUT' }, lost, 1), undefined);
    assert.equal(waitAfterFailure({ method: 'PUT' }, stale, 1), 0);
    assert.equal(waitAfterFailure({ method: 'POST' }, stale, 1), undefined);
    assert.equal(waitAfterFailure(get, new Error('something else'), 1), undefined);
  });
});
