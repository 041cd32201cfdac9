// What the test command gives to the tests of test/real, read from the environment.

export interface RealParts {
  /** `unix://…` of an engine that holds no images at first. */
  engine: string;
  /** `127.0.0.1:PORT` of a registry over plain http that asks for no login. */
  registry: string;
  /** `127.0.0.1:PORT` of a registry over plain http that asks for `user` and `password`. */
  loginRegistry: string;
  /** `127.0.0.1:PORT` of a registry over https whose certificate nobody knows, with the same login. */
  tlsRegistry: string;
  /** PEM file of the authority that signed the certificate of `tlsRegistry`. */
  ca: string;
  user: string;
  password: string;
}

/** The parts of this run. Throws when the tests were not started by the test command. */
export function realParts(): RealParts {
  return {
    engine: variable('ENGINE'),
    registry: variable('REGISTRY'),
    loginRegistry: variable('REGISTRY_AUTH'),
    tlsRegistry: variable('REGISTRY_TLS'),
    ca: variable('REGISTRY_CA'),
    user: variable('REGISTRY_USER'),
    password: variable('REGISTRY_PASSWORD'),
  };
}

function variable(name: string): string {
  const value = process.env[`DOCKNOTES_TEST_${name}`];
  if (!value) {
    throw new Error(
      `DOCKNOTES_TEST_${name} is not set. Run these tests with "node run.mjs test real", which starts the parts.`,
    );
  }
  return value;
}
