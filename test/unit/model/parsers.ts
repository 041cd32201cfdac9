// Every function of the model that reads text from outside, called with a text: what the sweep with pumped strings runs.

import { isOlder } from '../../../src/model/apiVersion.ts';
import { compareNames, groupsOf, matches, placeOf } from '../../../src/model/arrange.ts';
import { sizeOf } from '../../../src/model/byteSize.ts';
import { containerFacts } from '../../../src/model/containers/details.ts';
import { readProcesses, secondsOf } from '../../../src/model/containers/processes.ts';
import { signalName } from '../../../src/model/containers/signals.ts';
import { readStats } from '../../../src/model/containers/stats.ts';
import { removableLimits, updateBodies } from '../../../src/model/containers/update.ts';
import { webAddress, webPorts } from '../../../src/model/containers/webAddress.ts';
import { readDiskUsage } from '../../../src/model/engines/diskUse.ts';
import { remoteHostOf } from '../../../src/model/engines/endpoint.ts';
import { EngineError } from '../../../src/model/engines/error.ts';
import { explain, explainExec } from '../../../src/model/engines/help.ts';
import { engineKindOf } from '../../../src/model/engines/kind.ts';
import { knownFailure } from '../../../src/model/engines/knownFailures.ts';
import { engineLabel, openToAllText } from '../../../src/model/engines/labels.ts';
import { engineHelp } from '../../../src/model/engines/problems.ts';
import { UserError } from '../../../src/model/errors.ts';
import { changeTree } from '../../../src/model/files/changes.ts';
import {
  baseName,
  fileKey,
  isFileName,
  isWithin,
  joinPath,
  normalizePath,
  parentPath,
} from '../../../src/model/files/entry.ts';
import { addressPath, engineMark, fileAuthority, ownerOf, pathOf } from '../../../src/model/files/uri.ts';
import { shortId } from '../../../src/model/format.ts';
import { inspectLinks } from '../../../src/model/inspectLinks.ts';
import { hasControls, readStyles } from '../../../src/model/logs/ansi.ts';
import { createLogReader, levelOf } from '../../../src/model/logs/lines.ts';
import { marksIn, textTest } from '../../../src/model/logs/match.ts';
import { readLogWish } from '../../../src/model/logs/messages.ts';
import { addressesIn, checkSubnets } from '../../../src/model/networks/predefined.ts';
import { readBlocks } from '../../../src/model/notes/blocks.ts';
import { hasSources, withoutSources, withSourcesWritten } from '../../../src/model/notes/citations.ts';
import { otherServer } from '../../../src/model/notes/otherServers.ts';
import { checkObjectName } from '../../../src/model/objectName.ts';
import type { Container } from '../../../src/model/objects.ts';
import { mapOf, pairOf, putPair } from '../../../src/model/pairs.ts';
import {
  apiHostOf,
  credentialKeyOf,
  isDigest,
  isTag,
  parseAddress,
  parseReference,
  referenceParts,
  registryHostOf,
  repositoryOf,
  tagOf,
} from '../../../src/model/reference.ts';

import { compareImages } from '../../../src/model/registries/compare.ts';
import {
  entriesBelow,
  expandBraces,
  findNames,
  foldersAbove,
  isPattern,
  patternTest,
} from '../../../src/model/registries/names.ts';
import { isVersion, newerTag, nextTags } from '../../../src/model/registries/nextTag.ts';
import { fullName, type PlatformFacts, pairSteps, readableStep } from '../../../src/model/registries/tag.ts';
import { trustInstructions } from '../../../src/model/registries/trustInstructions.ts';
import { quotePowerShell, quoteSh } from '../../../src/model/registries/trustRecipes.ts';
import { vendorPage } from '../../../src/model/registries/vendorPage.ts';
import { filesNamed, foldFiles, seccompFile, withValue } from '../../../src/model/run/clientFiles.ts';
import { createBody } from '../../../src/model/run/create/body.ts';
import { parseMount } from '../../../src/model/run/create/mount.ts';
import { mountsOf } from '../../../src/model/run/create/mounts.ts';
import { networkOf } from '../../../src/model/run/create/networks.ts';
import { parsePort, portsOf } from '../../../src/model/run/create/ports.ts';
import { resourcesOf } from '../../../src/model/run/create/resources.ts';
import { isAbsolute, parseVolume } from '../../../src/model/run/create/volume.ts';
import { findRunLines } from '../../../src/model/run/findLines.ts';
import { findRunFlag, runFlags } from '../../../src/model/run/flagTable.ts';
import { formFields } from '../../../src/model/run/form/fields.ts';
import { optionText, readRemembered, withOptionText, withoutSecrets } from '../../../src/model/run/form/lastRun.ts';
import { readRunFormMessage } from '../../../src/model/run/form/messages.ts';
import { freeForm, portClashes, proposePorts, withFreePorts } from '../../../src/model/run/form/ports.ts';
import { fieldProblems, fieldValue, formProblem, fullVolume, withField } from '../../../src/model/run/form/values.ts';
import { hostPaths, hostReach } from '../../../src/model/run/hostReach.ts';
import { fromInspect } from '../../../src/model/run/inspect/toOptions.ts';
import { parseRunLine } from '../../../src/model/run/line.ts';
import type { RunOptions } from '../../../src/model/run/options.ts';
import {
  booleanOf,
  durationOf,
  fieldsOf,
  fieldsText,
  integerOf,
  isIpAddress,
  nanoCpusOf,
  shown,
} from '../../../src/model/run/parse.ts';
import { commandOf } from '../../../src/model/run/prefix.ts';
import { readRunOptions } from '../../../src/model/run/readOptions.ts';
import {
  holdsSecret,
  looksLikeSecret,
  looksSecret,
  soundsSecret,
  withoutSecretPairs,
  withoutSecretWords,
} from '../../../src/model/run/secrets.ts';
import { shellWords } from '../../../src/model/run/shell/commandLine.ts';
import { expansionAt, tildeAt } from '../../../src/model/run/shell/expansion.ts';
import { beginsExpansion, dollarQuoted, doubleQuoted, singleQuoted } from '../../../src/model/run/shell/quotes.ts';
import { continuationAt, prepareLine, startsLine, withoutComments } from '../../../src/model/run/shell/snippet.ts';
import { joinWords, splitWords } from '../../../src/model/run/shell/split.ts';
import { runSummary } from '../../../src/model/run/summary.ts';
import { optionsToLine, toRunLine } from '../../../src/model/run/toLine.ts';
import { escapeMarkdown, inert, plain, unlinked } from '../../../src/model/text.ts';

const engine = { type: 'container', id: '' } as const;
const warn = () => undefined;
const shell = { env: { A: 'b' }, home: '/home/me', workspaceFolder: '/work' };
const facts = { images: [], containers: [], volumes: [], networks: [], published: [], ...shell };
const published = [{ by: 'web', address: '', port: 80, protocol: 'tcp' }];
const port = { protocol: 'tcp', container: 80, host: 80 } as const;
const arrangement = { groupBy: 'label', groupByLabel: '', sortBy: 'name', label: 'name', description: [] } as const;

function containerOf(text: string): Container {
  return {
    ...{ id: text, name: text, image: text, imageId: text, command: text, created: 0, status: text, state: 'running' },
    ...{ ports: [], mounts: [{ kind: 'volume', source: text, target: text, writable: true }], networks: [text] },
    labels: { [text]: text },
  };
}

function platformOf(text: string): PlatformFacts {
  const layers = [{ digest: text, size: 1 }];
  return {
    ...{ platform: text, digest: text, layers, steps: [{ text, layer: 0 }], labels: { [text]: text } },
    ...{ annotations: { [text]: text }, env: [text], ports: [text], volumes: [text], command: [text], user: text },
  };
}

/** The text wherever an option of that kind takes one. */
function optionsOf(text: string): RunOptions {
  const filled = runFlags.flatMap((flag): [string, unknown][] => {
    switch (flag.kind) {
      case 'text':
        return [[flag.field, text]];
      case 'list':
        return [[flag.field, [text]]];
      case 'map':
        return [[flag.field, { [text]: text }]];
      default:
        return [];
    }
  });
  return { ...Object.fromEntries(filled), image: text, command: [text], entrypoint: [text], network: text };
}

/** Each option alone, so that one that is refused does not hide the others. */
function eachOption(text: string, work: (options: RunOptions) => unknown): void {
  for (const [name, value] of Object.entries(optionsOf(text))) {
    refusable(() => work({ image: 'busybox', [name]: value }));
  }
}

/** Runs it; a refusal with a sentence for people is a result like any other. */
export function refusable(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
  }
}

/** What the engine says of a container or an image, with the text in the places where it comes from outside. */
function inspected(text: string): object {
  const config = { Cmd: [text], Entrypoint: [text], Env: [text], Labels: { [text]: text }, Image: text, User: text };
  const ports = { [text]: [{ HostIp: text, HostPort: text }] };
  return {
    ...{ Id: text, Name: text, Image: text, RepoTags: [text], State: { Status: text }, Names: [text], Ports: [text] },
    Config: { ...config, ExposedPorts: { [text]: {} }, Healthcheck: { Test: ['CMD', text] }, WorkingDir: text },
    HostConfig: {
      ...{ Binds: [text], NetworkMode: text, PortBindings: ports, RestartPolicy: { Name: text }, CapAdd: [text] },
      ...{ Ulimits: [{ Name: text }], Tmpfs: { [text]: text }, SecurityOpt: [text], ExtraHosts: [text], Links: [text] },
      Mounts: [{ Type: 'bind', Source: text, Target: text, BindOptions: { Propagation: text } }],
    },
    Mounts: [{ Type: text, Name: text, Source: text, Destination: text, Mode: text }],
    NetworkSettings: { Networks: { [text]: { IPAMConfig: {}, Aliases: [text], Links: [text] } }, Ports: ports },
    IPAM: { Config: [{ Subnet: text, Gateway: text }] },
    ...{ Containers: [{ Id: text, Image: text, Names: [text] }], Volumes: [{ Name: text }], Images: [{ Id: text }] },
  };
}

/** How many options or places take the text in one call, where these are many: the time is divided by them. */
export const places: Readonly<Record<string, number>> = {
  'run/create/body.createBody': 60,
  'run/create/mounts.mountsOf': 60,
  'run/create/networks.networkOf': 60,
  'run/create/ports.portsOf': 60,
  'run/create/resources.resourcesOf': 60,
  'run/form/values.fieldProblems': 45,
  'run/form/values.fieldValue': 60,
  'run/form/values.withField': 45,
  'run/hostReach.hostReach': 20,
  'registries/trustInstructions.trustInstructions': 40,
  'run/form/lastRun.readRemembered': 60,
  'run/form/lastRun.withoutSecrets': 60,
  'run/form/messages.readRunFormMessage': 60,
  'run/readOptions.readRunOptions': 60,
  'run/summary.runSummary': 60,
  'run/line.parseRunLine': 4,
  'run/shell/expansion.expansionAt': 15,
  'run/secrets.withoutSecretWords': 4,
  'run/shell/commandLine.shellWords': 7,
  'run/toLine.optionsToLine': 60,
  'run/inspect/toOptions.fromInspect': 20,
  'run/toLine.toRunLine': 20,
};

/** By file and name of the function. */
export const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'logs/ansi.hasControls': hasControls,
  'logs/ansi.readStyles': readStyles,
  'arrange.compareNames': (text) => compareNames(text, `${text}1`),
  'arrange.groupsOf': (text) => groupsOf(containerOf(text), `label:${text}`),
  'arrange.matches': (text) => matches([text], text),
  'arrange.placeOf': (text) => placeOf(containerOf(text), { ...arrangement, groupByLabel: text }, text),
  'files/changes.changeTree': (text) => {
    const tree = changeTree([{ path: `/${text}`, kind: 'added' }]);
    return [tree.below('/'), tree.at(text), tree.above(text)];
  },
  'registries/compare.compareImages': (text) => compareImages(platformOf(text), platformOf(`${text}1`)),
  'run/create/volume.isAbsolute': isAbsolute,
  'containers/details.containerFacts': (text) => containerFacts(inspected(text)),
  'run/create/body.createBody': (text) => eachOption(text, (options) => createBody(options, { apiVersion: '1.48' })),
  'run/create/mounts.mountsOf': (text) => eachOption(text, mountsOf),
  'run/create/mount.parseMount': parseMount,
  'run/create/volume.parseVolume': parseVolume,
  'run/create/networks.networkOf': (text) => eachOption(text, (options) => networkOf(options, '1.48')),
  'run/create/ports.parsePort': parsePort,
  'run/create/ports.portsOf': (text) => eachOption(text, portsOf),
  'run/create/resources.resourcesOf': (text) => eachOption(text, (options) => resourcesOf(options, '1.48')),
  'engines/problems.engineHelp': (text) => engineHelp('ssh', { url: text, source: 'setting' }, text),
  'engines/knownFailures.knownFailure': knownFailure,
  'engines/help.explain': (text) => explain(new EngineError(text)),
  'engines/help.explainExec': (text) => explainExec(126, text),
  'engines/labels.engineLabel': (text) => engineLabel({ source: 'well-known', url: text }),
  'engines/labels.openToAllText': openToAllText,
  'files/uri.addressPath': addressPath,
  'files/uri.engineMark': engineMark,
  'files/uri.fileAuthority': (text) => fileAuthority({ type: 'volume', name: text }, text),
  'files/uri.ownerOf': (text) => [ownerOf(`container-${text}`), ownerOf(`volume-01234567-${text}`)],
  'files/entry.baseName': baseName,
  'files/entry.fileKey': (text) => fileKey({ owner: engine, path: text }),
  'files/entry.isFileName': isFileName,
  'files/entry.isWithin': (text) => isWithin(text, text),
  'files/entry.joinPath': (text) => joinPath(text, text),
  'files/entry.normalizePath': normalizePath,
  'files/entry.parentPath': parentPath,
  'format.shortId': shortId,
  'reference.referenceParts': (text) => [referenceParts(text), referenceParts(`a/${text}@${text}`)],
  'reference.repositoryOf': repositoryOf,
  'reference.tagOf': tagOf,
  'run/inspect/toOptions.fromInspect': (text) => fromInspect(inspected(text), inspected('x'), { info: { Name: text } }),
  'run/hostReach.hostPaths': (text) => hostPaths({ image: '', volumes: [`/${text}:/a`], mounts: [text] }),
  'run/hostReach.hostReach': (text) => [
    hostReach({ ...optionsOf(text), privileged: true }),
    hostReach({ image: '', volumes: [`/${text}:/a`], mounts: [`type=bind,source=${text},target=/a`] }),
    hostReach({ image: '', mounts: [`type=volume,target=/a,volume-opt=device=${text}`], pid: `container:${text}` }),
  ],
  'inspectLinks.inspectLinks': (text) => [inspectLinks(text), inspectLinks(JSON.stringify({ text }, undefined, 2))],
  'logs/lines.createLogReader': (text) => {
    const reader = createLogReader(0, warn);
    reader.push(new TextEncoder().encode(text), 'stdout');
    reader.end();
  },
  'logs/lines.levelOf': levelOf,
  'logs/messages.readLogWish': (text) => readLogWish({ type: 'filter', filter: { text } }),
  'logs/match.marksIn': (text) => marksIn(text, text.slice(0, 100), false),
  'logs/match.textTest': (text) => textTest(text.slice(0, 100), false)(`${text}1`),
  'registries/names.entriesBelow': (text) => entriesBelow([text, `${text}1`], ''),
  'registries/names.expandBraces': (text) => [expandBraces(text), expandBraces(`{a,b}${text}`)],
  'registries/names.findNames': (text) => [findNames([text, `b${text}`], text, 10), findNames([text], 'aaaa1', 10)],
  'registries/names.foldersAbove': (text) => foldersAbove([text, `${text}1`], text),
  'registries/names.isPattern': isPattern,
  'registries/names.patternTest': (text) => [
    patternTest(text)(text),
    patternTest('*a*a*b')(text),
    patternTest(text)('a'),
    patternTest('*?a*?1.*')(text),
  ],
  'networks/predefined.addressesIn': (text) => addressesIn(inspected(text)),
  'networks/predefined.checkSubnets': (text) => checkSubnets([text, `${text}/24`]),
  'files/uri.pathOf': pathOf,
  'registries/nextTag.isVersion': isVersion,
  'registries/nextTag.newerTag': (text) => newerTag(`1.2${text}`, [text, `1.3${text}`, `2${text}`]),
  'registries/nextTag.nextTags': (text) => nextTags([text, `v${text}`, `1.${text}`]),
  'objectName.checkObjectName': checkObjectName,
  'notes/blocks.readBlocks': readBlocks,
  'notes/otherServers.otherServer': (text) => otherServer([text]),
  'containers/processes.readProcesses': (text) =>
    readProcesses({ titles: ['PID', 'STIME', text], rows: [[text, text, text]] }),
  'containers/processes.secondsOf': secondsOf,
  'engines/diskUse.readDiskUsage': (text) => readDiskUsage(inspected(text), true),
  'reference.apiHostOf': apiHostOf,
  'reference.credentialKeyOf': credentialKeyOf,
  'reference.isDigest': (text) => [isDigest(text), isDigest(`sha256:${text}`), isDigest(`a:${text}`)],
  'reference.isTag': isTag,
  'reference.parseAddress': (text) => {
    refusable(() => parseAddress(text));
    refusable(() => parseAddress(`https://${text.slice(0, 250)}/v2/`));
  },
  'reference.parseReference': (text) => {
    for (const whole of [text, `a/${text}`, `a.b/c:${text}`, `a@${text}`, `a.b:${text}/c`]) {
      refusable(() => parseReference(whole));
    }
  },
  'reference.registryHostOf': registryHostOf,
  'engines/kind.engineKindOf': (text) => engineKindOf({ endpoint: { url: text }, name: text, os: text }, 'linux'),
  'engines/endpoint.remoteHostOf': (text) => [remoteHostOf(text), remoteHostOf(`ssh://${text}`)],
  'registries/trustRecipes.quotePowerShell': quotePowerShell,
  'registries/trustRecipes.quoteSh': quoteSh,
  'registries/trustInstructions.trustInstructions': (text) =>
    trustInstructions({ hosts: [text], pem: text, fingerprint: text, file: text }, { platform: 'linux' }),
  'notes/citations.hasSources': hasSources,
  'notes/citations.withoutSources': withoutSources,
  'notes/citations.withSourcesWritten': (text) => withSourcesWritten(`${text} [001]`, (message) => message),
  'run/clientFiles.filesNamed': (text) =>
    filesNamed({ image: 'a', envFiles: [text], securityOptions: [text, `seccomp=${text}`] }),
  'run/clientFiles.foldFiles': (text) =>
    foldFiles({ image: 'a', envFiles: ['x'], securityOptions: [text] }, { env: {}, readFile: () => text }),
  'run/clientFiles.seccompFile': (text) => [seccompFile(text), seccompFile(`seccomp=${text}`)],
  'run/clientFiles.withValue': (text) => withValue(text, {}),
  'run/flagTable.findRunFlag': findRunFlag,
  'run/form/values.fieldProblems': (text) => {
    for (const field of formFields) {
      const isList = field.kind === 'list' || field.kind === 'map' || field.kind === 'networks';
      fieldProblems(field, isList ? [text] : text, facts);
    }
  },
  'run/form/values.fieldValue': (text) => {
    const options = optionsOf(text);
    return formFields.map((field) => fieldValue(options, field));
  },
  'run/form/values.formProblem': (text) => formProblem({ image: text, name: text, volumes: [text] }, facts),
  'run/form/values.fullVolume': (text) => [fullVolume(text, shell), fullVolume(`~/${text}`, shell)],
  'run/form/values.withField': (text) => {
    for (const field of formFields) {
      refusable(() => withField({ image: '' }, field, field.kind === 'list' ? [text] : text));
    }
  },
  'run/findLines.findRunLines': (text) => {
    for (const whole of [text, `docker ${text}`, `docker run \\\n${text}`, `a@b${text} docker run`]) {
      Array.from(findRunLines(whole, false));
    }
    return Array.from(findRunLines(`\`\`\`\n${text}docker run\n\`\`\``, true));
  },
  'run/form/lastRun.optionText': (text) => optionText({ image: '', command: [text] }, 'command'),
  'run/form/lastRun.readRemembered': (text) => readRemembered({ options: optionsOf(text), forgot: [text] }),
  'run/form/lastRun.withOptionText': (text) => withOptionText({ image: '', command: [] }, 'command', text),
  'run/form/lastRun.withoutSecrets': (text) => withoutSecrets(optionsOf(text)),
  'run/form/messages.readRunFormMessage': (text) => readRunFormMessage({ type: 'run', options: optionsOf(text) }),
  'run/readOptions.readRunOptions': (text) => readRunOptions(optionsOf(text)),
  'run/form/ports.freeForm': freeForm,
  'run/form/ports.portClashes': (text) => portClashes([text, '80:80', text], published),
  'run/form/ports.proposePorts': (text) => proposePorts([text, `80${text}`], () => true),
  'run/form/ports.withFreePorts': (text) => withFreePorts([text, '80:80'], published),
  'run/summary.runSummary': (text) => [
    runSummary(optionsOf(text), [text]),
    runSummary({ image: 'a', volumes: text.split(' '), mounts: text.split('\n'), env: text.split(',') }, []),
  ],
  'run/line.parseRunLine': (text) => {
    for (const whole of [text, `docker run ${text}`, `docker run -e "${text}" a`, `docker run -v ./${text}:/b -it a`]) {
      refusable(() => parseRunLine(whole, shell));
    }
  },
  'run/prefix.commandOf': (text) => {
    refusable(() => commandOf([`A=${text}`, text], shell, warn));
    refusable(() => commandOf(['docker', ...text.split(' ')], shell, warn));
  },
  'run/parse.booleanOf': booleanOf,
  'run/parse.durationOf': (text) => durationOf(text, 'x'),
  'run/parse.fieldsOf': (text) => [fieldsOf(text), fieldsOf(`"${text}`)],
  'run/parse.fieldsText': (text) => fieldsText([text]),
  'run/parse.integerOf': integerOf,
  'run/parse.isIpAddress': isIpAddress,
  'apiVersion.isOlder': (text) => isOlder(text, text),
  'pairs.mapOf': (text) => mapOf([text]),
  'run/parse.nanoCpusOf': nanoCpusOf,
  'pairs.pairOf': pairOf,
  'pairs.putPair': (text) => putPair({}, text),
  'run/parse.shown': shown,
  'byteSize.sizeOf': (text) => sizeOf(text, 'x'),
  'run/shell/expansion.expansionAt': (text) => {
    for (const dialect of ['posix', 'powershell', 'cmd'] as const) {
      for (const sign of ['$', '`', '%', '${', '$(']) {
        refusable(() => expansionAt(sign + text, dialect, shell, warn));
      }
    }
  },
  'run/shell/expansion.tildeAt': (text) => tildeAt(`~${text}`, shell),
  'run/shell/snippet.continuationAt': (text) => continuationAt(`\\${text}`),
  'run/shell/snippet.prepareLine': (text) => [
    prepareLine(text),
    prepareLine(`PS C:\\${text}`),
    prepareLine(`#${text}`),
  ],
  'run/shell/snippet.startsLine': (text) => startsLine(text, text.length),
  'run/shell/snippet.withoutComments': withoutComments,
  'run/shell/quotes.beginsExpansion': (text) => beginsExpansion(text, 'cmd'),
  'run/shell/quotes.dollarQuoted': (text) => dollarQuoted(`$'${text}`, 0),
  'run/shell/quotes.doubleQuoted': (text) => {
    for (const dialect of ['posix', 'powershell', 'cmd'] as const) {
      refusable(() => doubleQuoted(`"${text}`, 0, dialect, () => ({ value: '', length: 1 })));
    }
  },
  'run/shell/quotes.singleQuoted': (text) => singleQuoted(`'${text}`, 0),
  'run/shell/commandLine.shellWords': (text) => {
    for (const whole of [text, `a ${text}`, `'${text}`, `"${text}`, `$'${text}`, `a \\\n${text}`, `PS C:\\> ${text}`]) {
      refusable(() => shellWords(whole, shell, warn));
    }
  },
  'run/secrets.holdsSecret': (text) => [holdsSecret(text), holdsSecret(`--password ${text}`)],
  'run/secrets.looksLikeSecret': (text) => [looksLikeSecret(text), looksLikeSecret(`https://${text}`)],
  'run/secrets.looksSecret': (text) => [looksSecret(text, text), looksSecret('A', `https://${text}`)],
  'run/secrets.soundsSecret': soundsSecret,
  'run/secrets.withoutSecretPairs': withoutSecretPairs,
  'run/secrets.withoutSecretWords': (text) =>
    withoutSecretWords([text, `--a=${text}`, `-p${text}`, ...text.split(' ')]),
  'containers/signals.signalName': signalName,
  'containers/stats.readStats': (text) => readStats(inspected(text)),
  'registries/tag.fullName': (text) => fullName(text, text, text),
  'registries/tag.pairSteps': (text) => pairSteps([{ createdBy: text, empty: false }], 1),
  'registries/tag.readableStep': (text) => [text, `|1 ${text}`, `/bin/sh -c ${text}`, `RUN ${text}`].map(readableStep),
  'text.escapeMarkdown': (text) => escapeMarkdown(text),
  'text.inert': inert,
  'text.unlinked': unlinked,
  'text.plain': (text) => [plain(text), plain(text, 200_000)],
  'run/toLine.optionsToLine': (text) => optionsToLine(optionsOf(text), { multiline: true }),
  'run/toLine.toRunLine': (text) => toRunLine(inspected(text), inspected('x')),
  'containers/update.removableLimits': (text) => removableLimits({ Memory: text }),
  'containers/update.updateBodies': (text) => updateBodies({ restart: text }, {}, '1.48'),
  'registries/vendorPage.vendorPage': (text) => [
    vendorPage({ registry: text, repository: text }),
    vendorPage({ registry: `harbor.${text}`, repository: text, tag: text }),
    vendorPage({ registry: `${text}.dkr.ecr.a.amazonaws.com`, repository: text }),
  ],
  'containers/webAddress.webAddress': (text) => [
    webAddress({ ...port, address: text }, text),
    webAddress({ ...port, address: '' }, `ssh://${text}`),
  ],
  'containers/webAddress.webPorts': (text) => webPorts([{ ...port, address: text }], text),
  'run/shell/split.joinWords': (text) => joinWords([text]),
  'run/shell/split.splitWords': splitWords,
};

/** What is not in the table, and why it needs no place there. */
export const excused: Readonly<Record<string, string>> = {
  'arrange.compareStates': 'looks a state up in a list',
  'errors.messageOf': 'gives the message that is there',
  'format.named': 'fills our own sentence',
  'run/inspect/mounts.inspectedMounts': 'is a part of fromInspect',
  'run/inspect/networks.inspectedNetwork': 'is a part of fromInspect',
  'run/inspect/podman.likeDocker': 'is a part of fromInspect',
  'run/inspect/resources.inspectedResources': 'is a part of fromInspect',
  'l10n.t': 'fills our own sentence',
  'notes/otherServers.showsHovers': 'compares a setting with words of ours',
  'run/form/fields.labelOf': 'looks an option up in our own list',
  'notes/blocks.readSpans': 'reads our own notes',
  'run/parse.badValue': 'makes an error of our own sentence',
  'run/refused.refused': 'makes an error of our own sentence',
  'volumes/shared.usersOf': 'compares names',
  'files/unsafeSave.createAgreement': 'asks a question of our own',
  'untyped.fields': 'looks at the kind of a value',
  'untyped.isRecord': 'looks at the kind of a value',
  'untyped.list': 'looks at the kind of a value',
  'untyped.number': 'looks at the kind of a value',
  'untyped.same': 'compares texts',
  'untyped.text': 'looks at the kind of a value',
  'untyped.textMap': 'looks at the kind of values',
  'untyped.texts': 'looks at the kind of values',
  'untyped.unless': 'compares values',
};
