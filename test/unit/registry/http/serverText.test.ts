import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { wordsOf } from '../../../../src/registry/http/serverText.ts';

describe("a registry's words", () => {
  const cases: [string, string][] = [
    ['', ''],
    ['{"errors":[{"code":"DENIED","message":"no rights","detail":"ask Max"}]}', 'no rights: ask Max'],
    ['{"errors":[{"code":"DENIED"}]}', 'DENIED'],
    ['{"errors":{"message":"not a list"}}', 'not a list'],
    ['{"error":"invalid_grant","error_description":"it is over"}', 'it is over'],
    ['{"details":"incorrect username or password","error":"x"}', 'incorrect username or password'],
    ['404 page not found\n', '404 page not found'],
    ['<html><head><title> Sign in </title></head><script>evil()</script></html>', 'Sign in'],
    ['<p>Proxy <b>error</b></p><script>evil()</script>', 'Proxy error'],
  ];
  for (const [body, expected] of cases) {
    it(body || '(nothing)', () => assert.equal(wordsOf(Buffer.from(body)), expected));
  }
});
