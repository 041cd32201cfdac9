// Every function of the model that reads text from outside, called with a text: what the sweep with pumped strings runs.
import { hasControls, readStyles } from '../../../src/model/ansi.ts';
import { compareNames, groupsOf, matches, placeOf } from '../../../src/model/arrange.ts';
import { changeTree } from '../../../src/model/changes.ts';
import { compareImages } from '../../../src/model/compareImages.ts';
import { containerFacts } from '../../../src/model/containerFacts.ts';
import { createBody } from '../../../src/model/createBody.ts';
import { mountsOf, parseMount, parseVolume } from '../../../src/model/createMounts.ts';
import { networkOf } from '../../../src/model/createNetwork.ts';
import { parsePort, portsOf } from '../../../src/model/createPorts.ts';
import { resourcesOf } from '../../../src/model/createResources.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { engineHelp, explain, explainExec } from '../../../src/model/engineHelp.ts';
import { engineLabel, openToAllText } from '../../../src/model/engineText.ts';
import { UserError } from '../../../src/model/errors.ts';
import { addressPath, engineMark, fileAuthority, ownerOf, pathOf } from '../../../src/model/fileAddress.ts';
import {
  baseName,
  fileKey,
  isFileName,
  isWithin,
  joinPath,
  normalizePath,
  parentPath,
} from '../../../src/model/files.ts';
import { repositoryOf, shortId, tagOf } from '../../../src/model/format.ts';
import { fromInspect } from '../../../src/model/fromInspect.ts';
import { hostPaths, hostReach } from '../../../src/model/hostReach.ts';
import { inspectLinks } from '../../../src/model/inspectLinks.ts';
import { createLogReader, levelOf } from '../../../src/model/logLines.ts';
import { readLogWish } from '../../../src/model/logPage.ts';
import { textTest } from '../../../src/model/logStore.ts';
import {
  entriesBelow,
  expandBraces,
  findNames,
  foldersAbove,
  isPattern,
  patternTest,
} from '../../../src/model/names.ts';
import { addressesIn, checkSubnets } from '../../../src/model/networks.ts';
import { isVersion, newerTag, nextTags } from '../../../src/model/nextTag.ts';
import { hasSources, withoutSources, withSourcesWritten } from '../../../src/model/noteSources.ts';
import { checkObjectName } from '../../../src/model/objectName.ts';
import type { Container } from '../../../src/model/objects.ts';
import { otherServer } from '../../../src/model/otherServers.ts';
import { readProcesses, secondsOf } from '../../../src/model/processes.ts';
import { readDiskUsage } from '../../../src/model/prune.ts';
import {
  apiHostOf,
  credentialKeyOf,
  isDigest,
  isTag,
  parseAddress,
  parseReference,
  registryHostOf,
} from '../../../src/model/reference.ts';
import { engineKindOf, remoteHostOf, trustInstructions } from '../../../src/model/registryTrust.ts';
import { filesNamed, foldFiles, seccompFile, withValue } from '../../../src/model/runFiles.ts';
import { findRunFlag, runFlags } from '../../../src/model/runFlags.ts';
import { fieldProblems, fieldValue, formProblem, fullVolume, withField } from '../../../src/model/runForm.ts';
import { formFields } from '../../../src/model/runFormFields.ts';
import { findRunLines } from '../../../src/model/runFormLines.ts';
import { optionText, readRemembered, withOptionText, withoutSecrets } from '../../../src/model/runFormMemory.ts';
import { readRunFormMessage } from '../../../src/model/runFormMessages.ts';
import { readRunOptions } from '../../../src/model/runFormOptions.ts';
import { freeForm, portClashes, proposePorts, withFreePorts } from '../../../src/model/runFormPorts.ts';
import { runSummary } from '../../../src/model/runFormSummary.ts';
import { parseRunLine } from '../../../src/model/runLine.ts';
import type { RunOptions } from '../../../src/model/runOptions.ts';
import { commandOf } from '../../../src/model/runProgram.ts';
import {
  booleanOf,
  durationOf,
  fieldsOf,
  fieldsText,
  integerOf,
  isIpAddress,
  isOlder,
  mapOf,
  nanoCpusOf,
  pairOf,
  shown,
  sizeOf,
} from '../../../src/model/runValues.ts';
import {
  holdsSecret,
  looksLikeSecret,
  looksSecret,
  soundsSecret,
  withoutSecretPairs,
  withoutSecretWords,
} from '../../../src/model/secrets.ts';
import { expansionAt, tildeAt } from '../../../src/model/shellExpand.ts';
import { continuationAt, prepareLine, startsLine, withoutComments } from '../../../src/model/shellText.ts';
import { shellWords } from '../../../src/model/shellWords.ts';
import { signalName } from '../../../src/model/signals.ts';
import { readStats } from '../../../src/model/stats.ts';
import { fullName, type PlatformFacts, pairSteps, readableStep } from '../../../src/model/tag.ts';
import { escapeMarkdown, inert, plain, unlinked } from '../../../src/model/text.ts';
import { optionsToLine, toRunLine } from '../../../src/model/toRunLine.ts';
import { removableLimits, updateBodies } from '../../../src/model/updateBody.ts';
import { vendorPage } from '../../../src/model/vendorPage.ts';
import { webAddress, webPorts } from '../../../src/model/webAddress.ts';
import { joinWords, splitWords } from '../../../src/model/words.ts';

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
  'createBody.createBody': 60,
  'createMounts.mountsOf': 60,
  'createNetwork.networkOf': 60,
  'createPorts.portsOf': 60,
  'createResources.resourcesOf': 60,
  'runForm.fieldProblems': 45,
  'runForm.fieldValue': 60,
  'runForm.withField': 45,
  'hostReach.hostReach': 20,
  'registryTrust.trustInstructions': 40,
  'runFormMemory.readRemembered': 60,
  'runFormMemory.withoutSecrets': 60,
  'runFormMessages.readRunFormMessage': 60,
  'runFormOptions.readRunOptions': 60,
  'runFormSummary.runSummary': 60,
  'runLine.parseRunLine': 4,
  'shellExpand.expansionAt': 15,
  'secrets.withoutSecretWords': 4,
  'shellWords.shellWords': 7,
  'toRunLine.optionsToLine': 60,
  'fromInspect.fromInspect': 20,
  'toRunLine.toRunLine': 20,
};

/** By file and name of the function. */
export const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'ansi.hasControls': hasControls,
  'ansi.readStyles': readStyles,
  'arrange.compareNames': (text) => compareNames(text, `${text}1`),
  'arrange.groupsOf': (text) => groupsOf(containerOf(text), `label:${text}`),
  'arrange.matches': (text) => matches([text], text),
  'arrange.placeOf': (text) => placeOf(containerOf(text), { ...arrangement, groupByLabel: text }, text),
  'changes.changeTree': (text) => {
    const tree = changeTree([{ path: `/${text}`, kind: 'added' }]);
    return [tree.below('/'), tree.at(text), tree.above(text)];
  },
  'compareImages.compareImages': (text) => compareImages(platformOf(text), platformOf(`${text}1`)),
  'containerFacts.containerFacts': (text) => containerFacts(inspected(text)),
  'createBody.createBody': (text) => eachOption(text, (options) => createBody(options, { apiVersion: '1.48' })),
  'createMounts.mountsOf': (text) => eachOption(text, mountsOf),
  'createMounts.parseMount': parseMount,
  'createMounts.parseVolume': parseVolume,
  'createNetwork.networkOf': (text) => eachOption(text, (options) => networkOf(options, '1.48')),
  'createPorts.parsePort': parsePort,
  'createPorts.portsOf': (text) => eachOption(text, portsOf),
  'createResources.resourcesOf': (text) => eachOption(text, (options) => resourcesOf(options, '1.48')),
  'engineHelp.engineHelp': (text) => engineHelp('ssh', { url: text, source: 'setting' }, text),
  'engineHelp.explain': (text) => explain(new EngineError(text)),
  'engineHelp.explainExec': (text) => explainExec(126, text),
  'engineText.engineLabel': (text) => engineLabel({ source: 'well-known', url: text }),
  'engineText.openToAllText': openToAllText,
  'fileAddress.addressPath': addressPath,
  'fileAddress.engineMark': engineMark,
  'fileAddress.fileAuthority': (text) => fileAuthority({ type: 'volume', name: text }, text),
  'fileAddress.ownerOf': (text) => [ownerOf(`container-${text}`), ownerOf(`volume-01234567-${text}`)],
  'files.baseName': baseName,
  'files.fileKey': (text) => fileKey({ owner: engine, path: text }),
  'files.isFileName': isFileName,
  'files.isWithin': (text) => isWithin(text, text),
  'files.joinPath': (text) => joinPath(text, text),
  'files.normalizePath': normalizePath,
  'files.parentPath': parentPath,
  'format.repositoryOf': repositoryOf,
  'format.shortId': shortId,
  'format.tagOf': tagOf,
  'fromInspect.fromInspect': (text) => fromInspect(inspected(text), inspected('x'), { info: { Name: text } }),
  'hostReach.hostPaths': (text) => hostPaths({ image: '', volumes: [`/${text}:/a`], mounts: [text] }),
  'hostReach.hostReach': (text) => [
    hostReach({ ...optionsOf(text), privileged: true }),
    hostReach({ image: '', volumes: [`/${text}:/a`], mounts: [`type=bind,source=${text},target=/a`] }),
    hostReach({ image: '', mounts: [`type=volume,target=/a,volume-opt=device=${text}`], pid: `container:${text}` }),
  ],
  'inspectLinks.inspectLinks': (text) => [inspectLinks(text), inspectLinks(JSON.stringify({ text }, undefined, 2))],
  'logLines.createLogReader': (text) => {
    const reader = createLogReader(0, warn);
    reader.push(new TextEncoder().encode(text), 'stdout');
    reader.end();
  },
  'logLines.levelOf': levelOf,
  'logPage.readLogWish': (text) => readLogWish({ type: 'filter', filter: { text } }),
  'logStore.textTest': (text) => textTest(text.slice(0, 100), false)(`${text}1`),
  'names.entriesBelow': (text) => entriesBelow([text, `${text}1`], ''),
  'names.expandBraces': (text) => [expandBraces(text), expandBraces(`{a,b}${text}`)],
  'names.findNames': (text) => [findNames([text, `b${text}`], text, 10), findNames([text], 'aaaa1', 10)],
  'names.foldersAbove': (text) => foldersAbove([text, `${text}1`], text),
  'names.isPattern': isPattern,
  'names.patternTest': (text) => [patternTest(text)(text), patternTest('*a*a*b')(text), patternTest(text)('a')],
  'networks.addressesIn': (text) => addressesIn(inspected(text)),
  'networks.checkSubnets': (text) => checkSubnets([text, `${text}/24`]),
  'fileAddress.pathOf': pathOf,
  'nextTag.isVersion': isVersion,
  'nextTag.newerTag': (text) => newerTag(`1.2${text}`, [text, `1.3${text}`, `2${text}`]),
  'nextTag.nextTags': (text) => nextTags([text, `v${text}`, `1.${text}`]),
  'objectName.checkObjectName': checkObjectName,
  'otherServers.otherServer': (text) => otherServer([text]),
  'processes.readProcesses': (text) => readProcesses({ titles: ['PID', 'STIME', text], rows: [[text, text, text]] }),
  'processes.secondsOf': secondsOf,
  'prune.readDiskUsage': (text) => readDiskUsage(inspected(text), true),
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
  'registryTrust.engineKindOf': (text) => engineKindOf({ endpoint: { url: text }, name: text, os: text }, 'linux'),
  'registryTrust.remoteHostOf': (text) => [remoteHostOf(text), remoteHostOf(`ssh://${text}`)],
  'registryTrust.trustInstructions': (text) =>
    trustInstructions({ hosts: [text], pem: text, fingerprint: text, file: text }, { platform: 'linux' }),
  'noteSources.hasSources': hasSources,
  'noteSources.withoutSources': withoutSources,
  'noteSources.withSourcesWritten': (text) => withSourcesWritten(`${text} [001]`, (message) => message),
  'runFiles.filesNamed': (text) =>
    filesNamed({ image: 'a', envFiles: [text], securityOptions: [text, `seccomp=${text}`] }),
  'runFiles.foldFiles': (text) =>
    foldFiles({ image: 'a', envFiles: ['x'], securityOptions: [text] }, { env: {}, readFile: () => text }),
  'runFiles.seccompFile': (text) => [seccompFile(text), seccompFile(`seccomp=${text}`)],
  'runFiles.withValue': (text) => withValue(text, {}),
  'runFlags.findRunFlag': findRunFlag,
  'runForm.fieldProblems': (text) => {
    for (const field of formFields) {
      const isList = field.kind === 'list' || field.kind === 'map' || field.kind === 'networks';
      fieldProblems(field, isList ? [text] : text, facts);
    }
  },
  'runForm.fieldValue': (text) => {
    const options = optionsOf(text);
    return formFields.map((field) => fieldValue(options, field));
  },
  'runForm.formProblem': (text) => formProblem({ image: text, name: text, volumes: [text] }, facts),
  'runForm.fullVolume': (text) => [fullVolume(text, shell), fullVolume(`~/${text}`, shell)],
  'runForm.withField': (text) => {
    for (const field of formFields) {
      refusable(() => withField({ image: '' }, field, field.kind === 'list' ? [text] : text));
    }
  },
  'runFormLines.findRunLines': (text) => {
    for (const whole of [text, `docker ${text}`, `docker run \\\n${text}`, `a@b${text} docker run`]) {
      Array.from(findRunLines(whole, false));
    }
    return Array.from(findRunLines(`\`\`\`\n${text}docker run\n\`\`\``, true));
  },
  'runFormMemory.optionText': (text) => optionText({ image: '', command: [text] }, 'command'),
  'runFormMemory.readRemembered': (text) => readRemembered({ options: optionsOf(text), forgot: [text] }),
  'runFormMemory.withOptionText': (text) => withOptionText({ image: '', command: [] }, 'command', text),
  'runFormMemory.withoutSecrets': (text) => withoutSecrets(optionsOf(text)),
  'runFormMessages.readRunFormMessage': (text) => readRunFormMessage({ type: 'run', options: optionsOf(text) }),
  'runFormOptions.readRunOptions': (text) => readRunOptions(optionsOf(text)),
  'runFormPorts.freeForm': freeForm,
  'runFormPorts.portClashes': (text) => portClashes([text, '80:80', text], published),
  'runFormPorts.proposePorts': (text) => proposePorts([text, `80${text}`], () => true),
  'runFormPorts.withFreePorts': (text) => withFreePorts([text, '80:80'], published),
  'runFormSummary.runSummary': (text) => [
    runSummary(optionsOf(text), [text]),
    runSummary({ image: 'a', volumes: text.split(' '), mounts: text.split('\n'), env: text.split(',') }, []),
  ],
  'runLine.parseRunLine': (text) => {
    for (const whole of [text, `docker run ${text}`, `docker run -e "${text}" a`, `docker run -v ./${text}:/b -it a`]) {
      refusable(() => parseRunLine(whole, shell));
    }
  },
  'runProgram.commandOf': (text) => {
    refusable(() => commandOf([`A=${text}`, text], shell, warn));
    refusable(() => commandOf(['docker', ...text.split(' ')], shell, warn));
  },
  'runValues.booleanOf': booleanOf,
  'runValues.durationOf': (text) => durationOf(text, 'x'),
  'runValues.fieldsOf': (text) => [fieldsOf(text), fieldsOf(`"${text}`)],
  'runValues.fieldsText': (text) => fieldsText([text]),
  'runValues.integerOf': integerOf,
  'runValues.isIpAddress': isIpAddress,
  'runValues.isOlder': (text) => isOlder(text, text),
  'runValues.mapOf': (text) => mapOf([text]),
  'runValues.nanoCpusOf': nanoCpusOf,
  'runValues.pairOf': pairOf,
  'runValues.shown': shown,
  'runValues.sizeOf': (text) => sizeOf(text, 'x'),
  'shellExpand.expansionAt': (text) => {
    for (const dialect of ['posix', 'powershell', 'cmd'] as const) {
      for (const sign of ['$', '`', '%', '${', '$(']) {
        refusable(() => expansionAt(sign + text, dialect, shell, warn));
      }
    }
  },
  'shellExpand.tildeAt': (text) => tildeAt(`~${text}`, shell),
  'shellText.continuationAt': (text) => continuationAt(`\\${text}`),
  'shellText.prepareLine': (text) => [prepareLine(text), prepareLine(`PS C:\\${text}`), prepareLine(`#${text}`)],
  'shellText.startsLine': (text) => startsLine(text, text.length),
  'shellText.withoutComments': withoutComments,
  'shellWords.shellWords': (text) => {
    for (const whole of [text, `a ${text}`, `'${text}`, `"${text}`, `$'${text}`, `a \\\n${text}`, `PS C:\\> ${text}`]) {
      refusable(() => shellWords(whole, shell, warn));
    }
  },
  'secrets.holdsSecret': (text) => [holdsSecret(text), holdsSecret(`--password ${text}`)],
  'secrets.looksLikeSecret': (text) => [looksLikeSecret(text), looksLikeSecret(`https://${text}`)],
  'secrets.looksSecret': (text) => [looksSecret(text, text), looksSecret('A', `https://${text}`)],
  'secrets.soundsSecret': soundsSecret,
  'secrets.withoutSecretPairs': withoutSecretPairs,
  'secrets.withoutSecretWords': (text) => withoutSecretWords([text, `--a=${text}`, `-p${text}`, ...text.split(' ')]),
  'signals.signalName': signalName,
  'stats.readStats': (text) => readStats(inspected(text)),
  'tag.fullName': (text) => fullName(text, text, text),
  'tag.pairSteps': (text) => pairSteps([{ createdBy: text, empty: false }], 1),
  'tag.readableStep': (text) => [text, `|1 ${text}`, `/bin/sh -c ${text}`, `RUN ${text}`].map(readableStep),
  'text.escapeMarkdown': (text) => escapeMarkdown(text),
  'text.inert': inert,
  'text.unlinked': unlinked,
  'text.plain': (text) => [plain(text), plain(text, 200_000)],
  'toRunLine.optionsToLine': (text) => optionsToLine(optionsOf(text), { multiline: true }),
  'toRunLine.toRunLine': (text) => toRunLine(inspected(text), inspected('x')),
  'updateBody.removableLimits': (text) => removableLimits({ Memory: text }),
  'updateBody.updateBodies': (text) => updateBodies({ restart: text }, {}, '1.48'),
  'vendorPage.vendorPage': (text) => [
    vendorPage({ registry: text, repository: text }),
    vendorPage({ registry: `harbor.${text}`, repository: text, tag: text }),
    vendorPage({ registry: `${text}.dkr.ecr.a.amazonaws.com`, repository: text }),
  ],
  'webAddress.webAddress': (text) => [
    webAddress({ ...port, address: text }, text),
    webAddress({ ...port, address: '' }, `ssh://${text}`),
  ],
  'webAddress.webPorts': (text) => webPorts([{ ...port, address: text }], text),
  'words.joinWords': (text) => joinWords([text]),
  'words.splitWords': splitWords,
};

/** What is not in the table, and why it needs no place there. */
export const excused: Readonly<Record<string, string>> = {
  'arrange.compareStates': 'looks a state up in a list',
  'errors.messageOf': 'gives the message that is there',
  'format.named': 'fills our own sentence',
  'inspectMounts.inspectedMounts': 'is a part of fromInspect',
  'inspectNetwork.inspectedNetwork': 'is a part of fromInspect',
  'inspectPodman.likeDocker': 'is a part of fromInspect',
  'inspectResources.inspectedResources': 'is a part of fromInspect',
  'l10n.t': 'fills our own sentence',
  'otherServers.showsHovers': 'compares a setting with words of ours',
  'runFormFields.labelOf': 'looks an option up in our own list',
  'runFormNote.noteBlocks': 'reads our own notes',
  'runValues.badValue': 'makes an error of our own sentence',
  'sharedVolumes.usersOf': 'compares names',
  'unsafeSave.createAgreement': 'asks a question of our own',
  'untyped.fields': 'looks at the kind of a value',
  'untyped.list': 'looks at the kind of a value',
  'untyped.number': 'looks at the kind of a value',
  'untyped.same': 'compares texts',
  'untyped.text': 'looks at the kind of a value',
  'untyped.textMap': 'looks at the kind of values',
  'untyped.texts': 'looks at the kind of values',
  'untyped.unless': 'compares values',
};
