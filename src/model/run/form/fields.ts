// The fields of the run form: which run option each fills, how it is asked for, and the field note that goes with it.
import { t } from '../../l10n.ts';
import { type RunFlag, runFlags } from '../flagTable.ts';
import type { RunOptions } from '../options.ts';

export type SectionId =
  | 'image'
  | 'start'
  | 'ports'
  | 'environment'
  | 'storage'
  | 'health'
  | 'limits'
  | 'security'
  | 'other';

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

interface Shown {
  section: SectionId;
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

export type FormField = Shown &
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

export type FieldId = FormField['id'];

/** The sections in the order of the page. */
export const formSections: readonly { id: SectionId; title(): string }[] = [
  { id: 'image', title: () => t('Image and Command') },
  { id: 'start', title: () => t('Start and End') },
  { id: 'ports', title: () => t('Ports and Network') },
  { id: 'environment', title: () => t('Environment and Labels') },
  { id: 'storage', title: () => t('Storage') },
  { id: 'health', title: () => t('Health') },
  { id: 'limits', title: () => t('Limits') },
  { id: 'security', title: () => t('Security and Devices') },
  { id: 'other', title: () => t('More') },
];

/** The fields in the order of the page. */
export const formFields: readonly FormField[] = [
  {
    id: 'image',
    kind: 'text',
    section: 'image',
    flag: 'IMAGE',
    note: 'run.shape',
    label: () => t('Image'),
    hint: () => t('The image to run. It is pulled when the engine does not have it.'),
    placeholder: 'nginx:1.29',
    offers: 'images',
  },
  {
    id: 'name',
    kind: 'text',
    section: 'image',
    flag: '--name',
    note: 'run.name',
    label: () => t('Name'),
    hint: () => t('The name of the container. Empty: the engine chooses one.'),
    placeholder: 'web',
  },
  {
    id: 'command',
    kind: 'words',
    section: 'image',
    flag: 'COMMAND',
    note: 'instruction.cmd',
    label: () => t('Command'),
    hint: () => t("The command with its arguments. Empty: the image's own."),
    placeholder: 'httpd -f -p 80',
  },
  {
    id: 'entrypoint',
    kind: 'words',
    section: 'image',
    flag: '--entrypoint',
    note: 'instruction.entrypoint',
    label: () => t('Entrypoint'),
    hint: () => t("The program that is started, in place of the image's own. The command becomes its arguments."),
    placeholder: '/bin/sh',
  },
  {
    id: 'workdir',
    kind: 'text',
    section: 'image',
    flag: '--workdir -w',
    note: 'instruction.workdir',
    label: () => t('Working Directory'),
    hint: () => t('The folder inside the container that the command starts in.'),
    placeholder: '/app',
  },
  {
    id: 'user',
    kind: 'text',
    section: 'image',
    flag: '--user -u',
    note: 'instruction.user',
    label: () => t('User'),
    hint: () => t('Name or number, and a group where it is needed: name, 1000 or 1000:1000.'),
    placeholder: '1000:1000',
  },
  {
    id: 'platform',
    kind: 'text',
    section: 'image',
    flag: '--platform',
    note: 'flag.from.platform',
    label: () => t('Platform'),
    hint: () => t("System and processor of the image. Empty: the engine's own."),
    placeholder: 'linux/amd64',
  },
  {
    id: 'pull',
    kind: 'choice',
    section: 'image',
    flag: '--pull',
    note: 'image.pull',
    label: () => t('Pull'),
    hint: () => t('When the image is pulled before it runs.'),
    choices: ['', 'always', 'never'],
  },
  {
    id: 'detach',
    kind: 'switch',
    section: 'start',
    flag: '--detach -d',
    note: 'run.detach',
    label: () => t('Run in the Background'),
    hint: () => t('The container runs by itself. When this is off, its output opens in a terminal.'),
  },
  {
    id: 'interactive',
    kind: 'switch',
    section: 'start',
    flag: '--interactive --tty -it',
    note: 'run.interactive',
    label: () => t('Terminal'),
    hint: () => t('Gives the command a terminal and keeps its input open. A shell needs it.'),
  },
  {
    id: 'remove',
    kind: 'switch',
    section: 'start',
    flag: '--rm',
    note: 'run.rm',
    label: () => t('Remove When It Ends'),
    hint: () => t('The container goes away with its anonymous volumes as soon as it ends.'),
  },
  {
    id: 'restart',
    kind: 'choice',
    section: 'start',
    flag: '--restart',
    note: 'run.restart',
    label: () => t('Restart Policy'),
    hint: () => t('What the engine does when the container ends.'),
    choices: ['', 'on-failure', 'on-failure:5', 'unless-stopped', 'always'],
  },
  {
    id: 'init',
    kind: 'switch',
    section: 'start',
    flag: '--init',
    note: 'run.stop',
    label: () => t('Init Process'),
    hint: () => t('A small init becomes process 1: it passes signals on and clears away ended processes.'),
  },
  {
    id: 'stopSignal',
    kind: 'text',
    section: 'start',
    flag: '--stop-signal',
    note: 'instruction.stopsignal',
    label: () => t('Stop Signal'),
    hint: () => t("The signal that asks the container to end. Empty: the image's own, or SIGTERM."),
    placeholder: 'SIGINT',
  },
  {
    id: 'stopTimeout',
    kind: 'number',
    section: 'start',
    flag: '--stop-timeout',
    note: 'run.stop',
    label: () => t('Stop Timeout'),
    hint: () => t('Seconds that it has to end by itself before the engine kills it.'),
    placeholder: '10',
  },
  {
    id: 'ports',
    kind: 'list',
    section: 'ports',
    flag: '--publish -p',
    note: 'run.ports',
    label: () => t('Ports'),
    hint: () =>
      t(
        'Host first, then container: 8080:80, 127.0.0.1:8080:80, 53:53/udp, 8000-8005:8000-8005. 80 alone takes a free host port.',
      ),
    placeholder: '8080:80',
    add: () => t('Add Port'),
  },
  {
    id: 'publishAll',
    kind: 'switch',
    section: 'ports',
    flag: '--publish-all -P',
    note: 'run.ports',
    label: () => t('Publish All Ports'),
    hint: () => t('Publishes every port that the image exposes at a free port of the host.'),
  },
  {
    id: 'network',
    kind: 'networks',
    section: 'ports',
    flag: '--network',
    note: 'run.network',
    label: () => t('Networks'),
    hint: () => t('Networks to join. Empty: the default bridge, where containers do not find each other by name.'),
    placeholder: 'bridge',
    offers: 'networks',
    add: () => t('Add Network'),
  },
  {
    id: 'networkAliases',
    kind: 'list',
    section: 'ports',
    flag: '--network-alias',
    note: 'run.network',
    label: () => t('Network Aliases'),
    hint: () => t('Further names under which other containers of the network find this one.'),
    placeholder: 'db',
    add: () => t('Add Alias'),
  },
  {
    id: 'hostname',
    kind: 'text',
    section: 'ports',
    flag: '--hostname -h',
    note: 'run.network',
    label: () => t('Host Name'),
    hint: () => t('The name of the machine as the container sees it. Empty: the start of its id.'),
    placeholder: 'web',
  },
  {
    id: 'extraHosts',
    kind: 'list',
    section: 'ports',
    flag: '--add-host',
    note: 'run.network',
    label: () => t('Extra Hosts'),
    hint: () => t("Lines for the container's /etc/hosts, as name:address. host-gateway stands for the host."),
    placeholder: 'host.docker.internal:host-gateway',
    add: () => t('Add Host'),
  },
  {
    id: 'dns',
    kind: 'list',
    section: 'ports',
    flag: '--dns',
    note: 'run.network',
    label: () => t('DNS Servers'),
    hint: () => t("Addresses of name servers. Empty: the host's."),
    placeholder: '1.1.1.1',
    add: () => t('Add Server'),
  },
  {
    id: 'env',
    kind: 'list',
    section: 'environment',
    flag: '--env -e',
    note: 'run.environment',
    label: () => t('Environment'),
    hint: () => t('Variables as NAME=value. NAME alone passes the value on that it has on this machine.'),
    placeholder: 'NAME=value',
    add: () => t('Add Variable'),
  },
  {
    id: 'envFiles',
    kind: 'list',
    section: 'environment',
    flag: '--env-file',
    note: 'run.environment',
    label: () => t('Environment Files'),
    hint: () => t('Files of this machine with a NAME=value on each line.'),
    placeholder: '.env',
    browse: 'file',
    add: () => t('Add File'),
  },
  {
    id: 'labels',
    kind: 'map',
    section: 'environment',
    flag: '--label -l',
    note: 'instruction.label',
    label: () => t('Labels'),
    hint: () => t('Notes on the container, as name=value, which tools read.'),
    placeholder: 'com.example.team=shop',
    add: () => t('Add Label'),
  },
  {
    id: 'volumes',
    kind: 'list',
    section: 'storage',
    flag: '--volume -v',
    note: 'run.volumes',
    label: () => t('Volumes and Folders'),
    hint: () => t('A volume as name:/path, a folder of the host as /host/folder:/path. :ro behind it forbids writing.'),
    placeholder: 'data:/var/lib/data',
    offers: 'volumes',
    browse: 'folder',
    add: () => t('Add Volume'),
  },
  {
    id: 'volumesFrom',
    kind: 'list',
    section: 'storage',
    flag: '--volumes-from',
    note: 'run.volumes-from',
    label: () => t('Volumes From'),
    hint: () => t('Containers whose volumes are mounted here too, at the same paths.'),
    placeholder: 'db:ro',
    offers: 'containers',
    add: () => t('Add Container'),
  },
  {
    id: 'mounts',
    kind: 'list',
    section: 'storage',
    flag: '--mount',
    note: 'run.volumes',
    label: () => t('Mounts'),
    hint: () => t('Mounts in the long form. Unlike a volume, a folder that is missing is an error here.'),
    placeholder: 'type=bind,source=/host/folder,target=/path,readonly',
    add: () => t('Add Mount'),
  },
  {
    id: 'tmpfs',
    kind: 'list',
    section: 'storage',
    flag: '--tmpfs',
    note: 'run.volumes',
    label: () => t('Folders in Memory'),
    hint: () => t('Paths whose files are kept in memory and go with the container.'),
    placeholder: '/run:size=64m',
    add: () => t('Add Folder'),
  },
  {
    id: 'readOnly',
    kind: 'switch',
    section: 'storage',
    flag: '--read-only',
    note: 'engine.immutable',
    label: () => t('Read-Only Root'),
    hint: () => t('Nothing can be written outside of volumes and mounts.'),
  },
  {
    id: 'healthCmd',
    kind: 'text',
    section: 'health',
    flag: '--health-cmd',
    note: 'instruction.healthcheck',
    label: () => t('Health Command'),
    hint: () => t('Run by the shell inside the container from time to time; exit code 0 means healthy.'),
    placeholder: 'curl -f http://localhost/',
  },
  {
    id: 'healthInterval',
    kind: 'text',
    section: 'health',
    flag: '--health-interval',
    note: 'flag.healthcheck.interval',
    label: () => t('Health Interval'),
    hint: () => t('Time between two checks.'),
    placeholder: '30s',
  },
  {
    id: 'healthTimeout',
    kind: 'text',
    section: 'health',
    flag: '--health-timeout',
    note: 'flag.healthcheck.timeout',
    label: () => t('Health Timeout'),
    hint: () => t('Time that one check may take.'),
    placeholder: '30s',
  },
  {
    id: 'healthStartPeriod',
    kind: 'text',
    section: 'health',
    flag: '--health-start-period',
    note: 'flag.healthcheck.start-period',
    label: () => t('Health Start Period'),
    hint: () => t('Time after the start in which failed checks do not count.'),
    placeholder: '1m',
  },
  {
    id: 'healthRetries',
    kind: 'number',
    section: 'health',
    flag: '--health-retries',
    note: 'flag.healthcheck.retries',
    label: () => t('Health Retries'),
    hint: () => t('Failed checks in a row that make it unhealthy.'),
    placeholder: '3',
  },
  {
    id: 'noHealthcheck',
    kind: 'switch',
    section: 'health',
    flag: '--no-healthcheck',
    note: 'word.none',
    label: () => t('No Health Check'),
    hint: () => t('Turns the check of the image off.'),
  },
  {
    id: 'memory',
    kind: 'text',
    section: 'limits',
    flag: '--memory -m',
    note: 'run.limits',
    label: () => t('Memory'),
    hint: () => t('The most memory that it may use. A process that wants more is killed.'),
    placeholder: '512m',
  },
  {
    id: 'memorySwap',
    kind: 'text',
    section: 'limits',
    flag: '--memory-swap',
    note: 'run.limits',
    label: () => t('Memory and Swap'),
    hint: () => t('Memory and swap together; the same as the memory means no swap, -1 no limit.'),
    placeholder: '1g',
  },
  {
    id: 'cpus',
    kind: 'text',
    section: 'limits',
    flag: '--cpus',
    note: 'run.limits',
    label: () => t('Processors'),
    hint: () => t('How many processors it may use, also in parts.'),
    placeholder: '1.5',
  },
  {
    id: 'cpusetCpus',
    kind: 'text',
    section: 'limits',
    flag: '--cpuset-cpus',
    note: 'run.limits',
    label: () => t('Which Processors'),
    hint: () => t('The numbers of the processors that it may use.'),
    placeholder: '0-3',
  },
  {
    id: 'pidsLimit',
    kind: 'number',
    section: 'limits',
    flag: '--pids-limit',
    note: 'run.limits',
    label: () => t('Processes'),
    hint: () => t('The most processes and threads that it may have; -1 means no limit.'),
    placeholder: '200',
  },
  {
    id: 'shmSize',
    kind: 'text',
    section: 'limits',
    flag: '--shm-size',
    note: 'run.limits',
    label: () => t('Shared Memory'),
    hint: () => t('The size of /dev/shm, which databases and browsers need. Empty: 64m.'),
    placeholder: '256m',
  },
  {
    id: 'ulimits',
    kind: 'list',
    section: 'limits',
    flag: '--ulimit',
    note: 'run.limits',
    label: () => t('Limits of Processes'),
    hint: () => t('As name=soft:hard, such as the number of open files.'),
    placeholder: 'nofile=1024:2048',
    add: () => t('Add Limit'),
  },
  {
    id: 'privileged',
    kind: 'switch',
    section: 'security',
    flag: '--privileged',
    note: 'engine.namespaces',
    label: () => t('Privileged'),
    hint: () => t('All rights and all devices of the host: whoever breaks out of the container controls the host.'),
  },
  {
    id: 'capAdd',
    kind: 'list',
    section: 'security',
    flag: '--cap-add',
    note: 'engine.namespaces',
    label: () => t('Add Capabilities'),
    hint: () => t('Single rights of the kernel that it gets besides the usual ones.'),
    placeholder: 'NET_ADMIN',
    add: () => t('Add Capability'),
  },
  {
    id: 'capDrop',
    kind: 'list',
    section: 'security',
    flag: '--cap-drop',
    note: 'engine.namespaces',
    label: () => t('Drop Capabilities'),
    hint: () => t('Rights of the kernel that are taken away; ALL takes every one.'),
    placeholder: 'ALL',
    add: () => t('Drop Capability'),
  },
  {
    id: 'securityOptions',
    kind: 'list',
    section: 'security',
    flag: '--security-opt',
    note: 'flag.run.security',
    label: () => t('Security Options'),
    hint: () => t('Such as no-new-privileges, seccomp=profile.json, apparmor=unconfined or label=disable.'),
    placeholder: 'no-new-privileges',
    add: () => t('Add Option'),
  },
  {
    id: 'devices',
    kind: 'list',
    section: 'security',
    flag: '--device',
    note: 'flag.run.device',
    label: () => t('Devices'),
    hint: () => t('Devices of the host, as /dev/host:/dev/container:rwm.'),
    placeholder: '/dev/ttyUSB0',
    add: () => t('Add Device'),
  },
  {
    id: 'gpus',
    kind: 'list',
    section: 'security',
    flag: '--gpus',
    note: 'flag.run.device',
    label: () => t('GPUs'),
    hint: () => t('all, a number, or device=0,1 in double quotes.'),
    placeholder: 'all',
    add: () => t('Add GPUs'),
  },
  {
    id: 'groups',
    kind: 'list',
    section: 'security',
    flag: '--group-add',
    note: 'topic.user',
    label: () => t('Further Groups'),
    hint: () => t('Groups that the user is in besides its own.'),
    placeholder: 'docker',
    add: () => t('Add Group'),
  },
  {
    id: 'logDriver',
    kind: 'text',
    section: 'other',
    flag: '--log-driver',
    note: 'run.logs',
    label: () => t('Log Driver'),
    hint: () => t("Where its output goes. Empty: the engine's own choice."),
    placeholder: 'local',
  },
  {
    id: 'logOptions',
    kind: 'map',
    section: 'other',
    flag: '--log-opt',
    note: 'run.logs',
    label: () => t('Log Options'),
    hint: () => t('Settings of the log driver, as name=value.'),
    placeholder: 'max-size=10m',
    add: () => t('Add Option'),
  },
  {
    id: 'flags',
    kind: 'flags',
    section: 'other',
    flag: 'FLAGS',
    note: 'run.shape',
    label: () => t('Other Flags'),
    hint: () => t('Every other flag of docker run, as on the line.'),
    placeholder: '--ipc host --sysctl net.core.somaxconn=1024',
  },
];

/** The field that fills an option. */
export function fieldOf(id: FieldId): FormField | undefined {
  return formFields.find((field) => field.id === id);
}

/** What an option is called: as its field, or as its flag where it has no field of its own. */
export function labelOf(option: keyof RunOptions | RunFlag['kind']): string {
  const field = formFields.find(({ id }) => id === option);
  const flag = runFlags.find((each) => 'field' in each && each.field === option);
  return field?.label() ?? `--${flag?.name ?? option}`;
}
