// What it takes to write a container as a run line: the container, its image, and the engine's own defaults.
import type { EngineClient } from '../../engine/types.ts';
import { fields, text } from '../../model/untyped.ts';

/** The engine's answers as they are. An image that is gone leaves its place empty: the line then says what the image said. */
export async function inspectForLine(
  client: EngineClient,
  id: string,
): Promise<{ container: unknown; image: unknown; info: unknown }> {
  const { raw } = await client.containers.inspect(id);
  const nothing = () => ({ raw: undefined });
  const [image, info] = await Promise.all([
    client.images.inspect(text(fields(raw).Image)).catch(nothing),
    client.system.info().catch(() => undefined),
  ]);
  return { container: raw, image: image.raw, info };
}
