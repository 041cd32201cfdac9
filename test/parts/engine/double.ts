// An engine that has as much as a unit test gives it: some of the client's calls, and some objects in its inventory.
import type { Engine, EngineClient, Inventory, Kind, Objects } from '../../../src/engine/types.ts';
import { double } from '../double.ts';

type Lists = { [K in Kind]: readonly Objects[K][] };
type ClientParts = { [Name in keyof EngineClient]?: Partial<EngineClient[Name]> };

/** An engine whose client has these calls, and whose inventory these objects (and none of the other kinds). */
export function engineDouble(given: {
  client?: ClientParts;
  objects?: Partial<Lists>;
  status?: Inventory['status'];
  terminal?: Engine['terminal'];
}): Engine {
  const { client = {}, objects, status = { state: 'connecting' }, terminal } = given;
  const made = clientDouble(client);
  return double<Engine>({
    client: async () => made,
    inventory: double<Inventory>({ status, ...(objects && listed(objects)) }),
    ...(terminal && { terminal }),
  });
}

/** A client that has these calls. */
export function clientDouble(parts: ClientParts): EngineClient {
  return double<EngineClient>(
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, double<object>(part)])),
  );
}

/** The part of an inventory that looks objects up. */
export function listed(objects: Partial<Lists>): Pick<Inventory, 'all' | 'peek'> {
  const lists: Lists = { containers: [], images: [], volumes: [], networks: [], ...objects };
  return {
    all: async (kind) => lists[kind],
    peek: (kind, key) => lists[kind].find((object) => ('id' in object ? object.id : object.name) === key),
  };
}
