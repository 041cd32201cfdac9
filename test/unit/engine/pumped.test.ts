// Every reader of what an engine, a container or ssh says, on text that is made to keep it busy: linear, whatever comes.
import { Readable } from 'node:stream';
import { createInsight } from '../../../src/engine/api/containers/insight.ts';
import { containerDetails, imageDetails } from '../../../src/engine/api/inspections.ts';
import { followProgress } from '../../../src/engine/api/pullProgress.ts';
import { checked, parseEndpoint, socketPath } from '../../../src/engine/connection/address.ts';
import { demultiplex } from '../../../src/engine/connection/demux.ts';
import { addedEndpoint, chooseEndpoint } from '../../../src/engine/connection/discover.ts';
import { jsonLines } from '../../../src/engine/connection/jsonLines.ts';
import { failureOf } from '../../../src/engine/connection/ssh.ts';
import { imagePath, segment, type Transport } from '../../../src/engine/connection/transport.ts';
import { engineFailure } from '../../../src/engine/connection/unreachable.ts';
import { entryPath, readStat } from '../../../src/engine/files/archive.ts';
import { fileFailure, notFound } from '../../../src/engine/files/failures.ts';
import { decodeName, parseListing } from '../../../src/engine/files/listing.ts';
import { safeSteps, staysWithin } from '../../../src/engine/files/transfers/extract.ts';
import { readEvent, touches } from '../../../src/engine/inventory/events.ts';
import { readContainer, readImage, readNetwork, readVolume } from '../../../src/engine/inventory/records.ts';
import { EngineError } from '../../../src/model/engines/error.ts';
import { double } from '../../parts/double.ts';
import { describeSweep, type Reader } from '../../parts/sweep/suite.ts';

const url = (text: string) => ({ url: text, source: 'setting' }) as const;
const environment = {
  env: {},
  home: '/home/lena',
  platform: 'linux',
  readFile: () => undefined,
  exists: () => false,
  list: () => [],
} as const;

const answering = (answer: unknown) => double<Transport>({ json: () => Promise.resolve(answer) });

/** Each gets the text in the place where an engine, a container or a person may put it. */
const readers: Record<string, Reader> = {
  'the path of a socket': (text) => [socketPath(text), socketPath(`unix://${text}`), socketPath(`npipe://${text}`)],
  'an address': (text) => checked(url(text)),
  'a host in an address': (text) => parseEndpoint(url(`tcp://${text}`)),
  'a host over ssh': (text) => parseEndpoint(url(`ssh://${text}`)),
  'a socket over ssh': (text) => parseEndpoint(url(`ssh://lena@lab/${text}`)),
  'an address that is typed': (text) => addedEndpoint(text, environment),
  DOCKER_HOST: (text) => chooseEndpoint(undefined, { ...environment, env: { DOCKER_HOST: text } }),
  'a docker configuration': (text) =>
    chooseEndpoint(undefined, { ...environment, readFile: () => text, exists: () => true }),
  'a file’s description': (text) => readStat(text),
  'an entry of an archive': (text) => [entryPath({ name: text }), entryPath({ name: `${text}a` })],
  'the steps of an entry': (text) => [safeSteps(text, 'linux'), safeSteps(text, 'win32'), staysWithin(['a'], text)],
  frames: (text) => demultiplex(() => {})(Buffer.from(text)),
  'frames of a process': (text) => {
    const read = demultiplex(() => {});
    const payload = Buffer.from(text);
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(payload.length, 4);
    read(header);
    read(payload);
  },
  'lines of JSON': (text) => {
    const lines = jsonLines(() => {});
    lines.push(Buffer.from(text));
    lines.end();
  },
  'lines of JSON in small pieces': (text) => {
    const lines = jsonLines(() => {});
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 64) {
      lines.push(bytes.subarray(at, at + 64));
    }
    lines.end();
  },
  'an event': (text) => {
    for (const Type of ['container', 'image', 'volume', 'network']) {
      const raw = { Type, Action: text, Actor: { ID: text, Attributes: { image: text, name: text, container: text } } };
      readEvent(raw);
      touches(raw);
    }
  },
  'a listing': (text) => parseListing(Buffer.from(text)),
  'a listing with the text as a name': (text) => parseListing(Buffer.from(`81a4 0 0 1 1 ./${text}/\n`)),
  'a listing of many': (text) => parseListing(Buffer.from('81a4 0 0 1 1 ./a/\n'.repeat(text.length / 18))),
  'a name': (text) => decodeName(Buffer.from(text, 'latin1')),
  'a container': (text) =>
    readContainer({
      Id: text,
      Names: [text],
      Image: text,
      Command: text,
      Created: text,
      State: text,
      Status: text,
      Ports: [{ PrivatePort: 1, IP: text }],
      Mounts: [{ Type: text, Destination: text }],
      Labels: { [text]: text },
    }),
  'an image': (text) => readImage({ Id: text, RepoTags: [text], RepoDigests: [text], Created: text }),
  'a volume': (text) => readVolume({ Name: text, CreatedAt: text }),
  'a network': (text) => readNetwork({ Id: text, Name: text, IPAM: { Config: [{ Subnet: text }] } }),
  'records that are none': (text) => [readContainer({ Names: [text] }), readImage(text), readVolume([text])],
  'a container’s details': (text) => containerDetails({ Id: text, Name: text, Config: { Image: text } }),
  'an image’s details': (text) =>
    imageDetails({ Id: text, Os: text, Created: text, Config: { Env: [text], Entrypoint: [text], User: text } }),
  'a failure of the connection': (text) => engineFailure(Object.assign(new Error(text), { code: text })).message,
  'a failure of a file': (text) => fileFailure(new EngineError(text, { status: 500 }), text),
  'a path that is not there': (text) => notFound(text).message,
  'words of ssh': (text) => failureOf(text.slice(0, 4000), url('ssh://lab')).message,
  'a name in a path': segment,
  'a reference in a path': imagePath,
  progress: (text) => followProgress(Readable.from([Buffer.from(text)])),
  'progress with the text in it': (text) =>
    followProgress(Readable.from([Buffer.from(JSON.stringify({ status: text, id: text }))])),
  'a digest in progress': (text) =>
    followProgress(Readable.from([Buffer.from(JSON.stringify({ status: `digest: ${text} size: 1` }))])),
  'a failure in progress': (text) =>
    followProgress(Readable.from([Buffer.from(JSON.stringify({ errorDetail: { message: text } }))])),
  'processes as Podman lists them': (text) =>
    createInsight(answering({ Titles: ['PID USER COMMAND'], Processes: [[text], [`1 ${text} sh`]] })).top('a', {
      columns: '',
    }),
  'titles of processes': (text) =>
    createInsight(answering({ Titles: [text], Processes: [[text], ['1 2 3']] })).top('a', { columns: '' }),
  'changed files': (text) =>
    createInsight(answering([{ Path: text, Kind: 0 }])).changes('a', new AbortController().signal),
};

describeSweep('readers of the engine floor on pumped text', readers);
