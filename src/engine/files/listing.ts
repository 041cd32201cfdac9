// Lists a folder of a running container with the container's own shell, and reads what the shell prints.
import { type FileEntry, isFileName } from '../../model/files/entry.ts';
import { fromStatMode } from './mode.ts';

/** What the script ends with, besides 0. */
export const listingExit = { noStat: 41, notThere: 42, notFolder: 43 };

/**
 * `$1` is the folder, `$2` one name in it, or empty for all. Prints one record a file, `mode user group size time ./name/`,
 * and one before it for a link that leads somewhere, `d ./name/` or `f ./name/`. No name can hold the slash that
 * ends each record, so that none can pose as the end of its record, whatever else is in it.
 * The names go to `stat` by the hundred, because a process for each takes a millisecond.
 */
export const listingScript = `
command -v stat >/dev/null 2>&1 || exit ${listingExit.noStat}
[ -e "$1" ] || exit ${listingExit.notThere}
cd "$1" 2>/dev/null || exit ${listingExit.notFolder}
look() {
  for name do
    if [ -h "$name" ]; then
      if [ -d "$name" ]; then printf 'd %s/\\n' "$name"; elif [ -e "$name" ]; then printf 'f %s/\\n' "$name"; fi
    fi
  done
  [ $# -eq 0 ] || stat -c '%f %u %g %s %Y %n/' "$@"
}
if [ -n "$2" ]; then
  look "./$2" 2>/dev/null
  exit 0
fi
set --
for entry in ./* ./.[!.]* ./..?*; do
  set -- "$@" "$entry"
  if [ $# -ge 100 ]; then
    look "$@" 2>/dev/null
    set --
  fi
done
look "$@" 2>/dev/null
exit 0
`;

/** Reads the script's output. What is no record is left out: the output is the container's, so anything may be in it. */
export function parseListing(output: Uint8Array): FileEntry[] {
  const entries = new Map<string, FileEntry>();
  const leadsTo = new Map<string, 'file' | 'folder'>();
  // One character a byte, so that what is cut out of the text can be made bytes again.
  // What follows the last end is a record that was cut off.
  for (const record of Buffer.from(output).toString('latin1').split('/\n').slice(0, -1)) {
    const [, hexMode, uid, gid, size, time, link, rawName = ''] =
      /^(?:([0-9a-f]{1,8}) (\d{1,10}) (\d{1,10}) (\d{1,16}) (-?\d{1,12})|([df])) \.\/([^/]+)$/s.exec(record) ?? [];
    if (!isFileName(rawName)) {
      continue;
    }
    if (link) {
      leadsTo.set(rawName, link === 'd' ? 'folder' : 'file');
      continue;
    }
    const { kind, mode } = fromStatMode(Number.parseInt(hexMode ?? '', 16));
    const target = leadsTo.get(rawName);
    entries.set(rawName, {
      ...decodeName(Buffer.from(rawName, 'latin1')),
      kind,
      mode,
      uid: Number(uid),
      gid: Number(gid),
      size: Number(size),
      modified: Number(time) * 1000,
      ...(kind === 'link' && target && { leadsTo: target }),
    });
  }
  return [...entries.values()];
}

/** A name's bytes as text; what is not UTF-8 is marked, because paths go to the engine as UTF-8. */
export function decodeName(bytes: Uint8Array): { name: string; unnameable?: true } {
  const name = Buffer.from(bytes).toString('utf8');
  return Buffer.from(name, 'utf8').equals(bytes) ? { name } : { name, unnameable: true };
}
