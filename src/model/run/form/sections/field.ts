// What a section of the run form is, and what a field of it is: which run option it fills, and how it is asked for.

type TextOption =
  | 'image'
  | 'name'
  | 'platform'
  | 'workdir'
  | 'user'
  | 'stopSignal'
  | 'hostname'
  | 'healthCmd'
  | 'healthInterval'
  | 'healthTimeout'
  | 'healthStartPeriod'
  | 'memory'
  | 'memorySwap'
  | 'cpus'
  | 'cpusetCpus'
  | 'shmSize'
  | 'logDriver';
type NumberOption = 'stopTimeout' | 'healthRetries' | 'pidsLimit';
type ListOption =
  | 'ports'
  | 'networkAliases'
  | 'extraHosts'
  | 'dns'
  | 'env'
  | 'envFiles'
  | 'volumes'
  | 'mounts'
  | 'tmpfs'
  | 'volumesFrom'
  | 'ulimits'
  | 'capAdd'
  | 'capDrop'
  | 'securityOptions'
  | 'devices'
  | 'gpus'
  | 'groups';
type MapOption = 'labels' | 'logOptions';
type SwitchOption =
  | 'detach'
  | 'interactive'
  | 'remove'
  | 'init'
  | 'publishAll'
  | 'readOnly'
  | 'noHealthcheck'
  | 'privileged';

/** What every field has. */
interface Shown {
  /** As on the line: `--publish`, `-p`. Also what the search finds. */
  flag: string;
  /** Key of the field note that is shown beside it. */
  note: string;
  label(): string;
  hint(): string;
  placeholder?: string;
  /** Known names that are offered while it is typed. */
  offers?: 'images' | 'networks' | 'containers' | 'volumes';
  /** A button that looks for a file or folder of this machine. */
  browse?: 'file' | 'folder';
}

/** A field as its section lists it. */
export type SectionField = Shown &
  (
    | { kind: 'text'; id: TextOption }
    | { kind: 'number'; id: NumberOption }
    /** A command line in one field. */
    | { kind: 'words'; id: 'command' | 'entrypoint' }
    | { kind: 'choice'; id: 'restart' | 'pull'; choices: readonly string[] }
    | { kind: 'list'; id: ListOption; add(): string }
    /** The first network and those after it. */
    | { kind: 'networks'; id: 'network'; add(): string }
    | { kind: 'map'; id: MapOption; add(): string }
    | { kind: 'switch'; id: SwitchOption }
    /** Every option that has no field of its own, as flags. */
    | { kind: 'flags'; id: 'flags' }
  );

export interface Section {
  title(): string;
  /** In the order of the page. */
  fields: readonly SectionField[];
}
