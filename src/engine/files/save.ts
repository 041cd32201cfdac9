// Saves a file in a running container so that at every moment one whole version of it is there.
import { createHash, randomBytes } from 'node:crypto';
import { UserError } from '../../model/errors.ts';
import { baseName, parentPath } from '../../model/files/entry.ts';
import { formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { runScript, type Shell } from '../exec/script.ts';
import { commandFailure, connectionLost, isFolder, noSpace, notFound, shown } from './failures.ts';

/** What the script ends with, besides 0. */
const exit = {
  noFolder: 41,
  folder: 42,
  noRoom: 43,
  /** The new version cannot be put beside the old one. */
  noDraft: 44,
  cut: 45,
  /** Something that the script needs is not there, or not allowed. */
  unable: 46,
  failed: 47,
  inPlace: 48,
  inPlaceFailed: 49,
  /** The folder is read-only, and the file in it is not. */
  onlyInPlace: 50,
};

/** KB from which on the free space is asked for first; fewer are tried, since root may have more than is told. */
const many = 64;

/**
 * `$1` is the folder, `$2` the file's name, `$3` the bytes that come, `$4` the same in KB, `$5` the beginning of the
 * names of all drafts of this file, `$6` the end of this one's. The content goes into a draft beside the file, which gets
 * the owner, the mode and, where cp can, the attributes of the file, and then its name. A file that is mounted by itself
 * cannot be replaced: it is written while the whole new version stays beside it.
 * What an earlier save left behind goes, but for a version that may be the only whole one: that goes after a success.
 */
const script = `
umask 077
for tool in cat chmod chown head mv rm stat wc; do
  command -v $tool >/dev/null 2>&1 || exit ${exit.unable}
done
cd "$1" 2>/dev/null || exit ${exit.noFolder}
draft="./$5-$6" kept="./$5-kept-$6"
[ ! -d "./$2" ] || exit ${exit.folder}
for left in "./$5"-*; do
  case $left in "./$5"-kept-*) ;; *) [ ! -f "$left" ] || rm -f "$left" ;; esac
done
need_room() {
  free=$(df -Pk . 2>/dev/null | { read -r line; read -r a b c free line; echo "$free"; })
  case $free in
    ''|*[!0-9]*) ;;
    *) [ "$free" -ge "$4" ] || { echo "$free"; exit ${exit.noRoom}; } ;;
  esac
}
[ "$4" -lt ${many} ] || need_room "$@"
words=$( (set -C; true >"$draft") 2>&1) || {
  case $words in *'ead-only'*) [ -f "./$2" ] && (true >>"./$2") 2>/dev/null && exit ${exit.onlyInPlace} ;; esac
  echo "$words" >&2
  exit ${exit.noDraft}
}
trap 'rm -f "$draft"' EXIT
trap 'exit ${exit.cut}' HUP INT TERM PIPE
head -c "$3" >>"$draft" || {
  # Not every head says why.
  rm -f "$draft"
  need_room "$@"
  exit ${exit.failed}
}
[ "$(wc -c <"$draft")" -eq "$3" ] || exit ${exit.cut}
if [ -e "./$2" ]; then
  rights=$(stat -c '%u:%g %a' "./$2") || exit ${exit.unable}
  cp --attributes-only --preserve=mode,ownership,xattr "./$2" "$draft" 2>/dev/null
else
  rights="$(stat -c '%u:%g' .) 644" || exit ${exit.unable}
fi
chown "\${rights% *}" "$draft" && chmod "\${rights#* }" "$draft" || exit ${exit.unable}
words=$(mv -f "$draft" "./$2" 2>&1) && { rm -f "./$5"-kept-*; exit 0; }
case $words in
  *'esource busy'*) ;;
  *) echo "$words" >&2; exit ${exit.failed} ;;
esac
mv -f "$draft" "$kept" && cat "$kept" >"./$2" || { echo "$kept"; exit ${exit.inPlaceFailed}; }
rm -f "./$5"-kept-*
exit ${exit.inPlace}
`;

/** The same bound for a link that leads to itself as Linux has. */
const resolving = `
file=$1 count=0
while [ -h "$file" ]; do
  count=$((count + 1))
  [ $count -le 40 ] || exit 1
  to=$(readlink "$file" && echo .) || exit 1
  to=\${to%??}
  case $to in /*) file=$to ;; *) file=\${file%/*}/$to ;; esac
done
printf %s "$file"
`;

export type Saved =
  | 'replaced'
  /** It is mounted by itself, and was written while the whole new version was beside it. */
  | 'in-place'
  /** Nothing was changed: its folder is read-only, so that it can be written as it is, and not replaced. */
  | 'only-in-place'
  /** Nothing was changed: the container lacks a program, or its root may not do it. */
  | 'unable';

/** Replaces or creates a file; `file` is no link. A new file gets 0644 and the owner of its folder. */
export async function execSave(shell: Shell, file: string, content: Uint8Array, signal?: AbortSignal): Promise<Saved> {
  const [folder, name] = [parentPath(file), baseName(file)];
  const drafts = `.docknotes-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;
  const kilobytes = Math.ceil(content.length / 1024);
  const args = [folder, name, String(content.length), String(kilobytes), drafts, randomBytes(6).toString('hex')];
  const { exitCode, stdout, stderr } = await runScript(shell, script, args, { input: content, signal });
  const words = stdout.toString().trim();
  switch (exitCode) {
    case 0:
      return 'replaced';
    case exit.inPlace:
      return 'in-place';
    case undefined:
    case exit.cut:
      throw connectionLost();
    case exit.noFolder:
      throw notFound(file);
    case exit.folder:
      throw isFolder(file);
    case exit.noRoom:
      throw noRoom(file, content.length, Number(words) * 1024);
    case exit.inPlaceFailed:
      throw new UserError(
        'file-in-part',
        t(
          '{0} is mounted by itself and could not be written to its end. The whole new version is beside it, as {1}. Free space where it comes from, and save again.',
          shown(file),
          shown(words.replace('./', '')),
        ),
      );
    case exit.onlyInPlace:
      return 'only-in-place';
    case exit.noDraft:
    case exit.failed:
      if (/no space left|quota exceeded/i.test(stderr)) {
        throw noRoom(file, content.length);
      }
      if (exitCode === exit.noDraft && !/read-only/i.test(stderr)) {
        return 'unable';
      }
      throw commandFailure(file, stderr);
    default:
      if (exitCode > 127) {
        // A signal ended it.
        throw commandFailure(file, stderr);
      }
      return 'unable';
  }
}

/** The end of a chain of links in the container; the path itself where that cannot be found. */
export async function execResolve(shell: Shell, path: string, signal?: AbortSignal): Promise<string> {
  const { exitCode, stdout } = await runScript(shell, resolving, [path], { signal, seconds: 30 });
  const end = stdout.toString();
  return exitCode === 0 && end.startsWith('/') ? end : path;
}

function noRoom(file: string, needed: number, free?: number): UserError {
  return free === undefined
    ? noSpace(t('There is no space left for {0}. It is as it was: free space there, and save again.', shown(file)))
    : noSpace(
        t(
          'There is not enough space for {0}: the new version takes {1} beside the old one, and {2} are free. It is as it was: free space there, and save again.',
          shown(file),
          formatSize(needed),
          formatSize(free),
        ),
      );
}
