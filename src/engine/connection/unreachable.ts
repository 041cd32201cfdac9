// What went wrong on the way to the engine, told apart by the system's error codes.
import type { Endpoint, EngineProblem } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { messageOf } from '../../model/errors.ts';

const problems: Readonly<Record<string, EngineProblem>> = {
  ENOENT: 'not-running',
  ECONNREFUSED: 'not-running',
  ECONNRESET: 'not-running',
  EPIPE: 'not-running',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  ENOTFOUND: 'bad-address',
  EAI_AGAIN: 'bad-address',
  EINVAL: 'bad-address',
  ENOTSOCK: 'not-an-engine',
  EPROTOTYPE: 'not-an-engine',
  ETIMEDOUT: 'timeout',
  EPROTO: 'tls',
};

/** Codes of OpenSSL and of Node's own checks of certificates. */
const tlsCode = /^ERR_(?:TLS|SSL|OSSL)_|CERT|^UNABLE_TO_(?:GET|VERIFY)|^HOSTNAME_MISMATCH$/;

/** The `EngineError` for an error of the connection; an `EngineError` stays as it is. */
export function engineFailure(error: unknown, endpoint?: Endpoint): EngineError {
  if (error instanceof EngineError) {
    return error;
  }
  return new EngineError(messageOf(error), { problem: problemOf(error), endpoint, cause: error });
}

function problemOf(error: unknown): EngineProblem {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return problemOf(error.errors[0]);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('HPE_')) {
    return 'not-an-engine';
  }
  return problems[code] ?? (tlsCode.test(code) ? 'tls' : 'other');
}
