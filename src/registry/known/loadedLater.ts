// What asks registries over the network, as one file that is loaded when the first registry is asked.

export { createRegistryClient } from '../api/client.ts';
export { describeImage } from '../api/remoteImage.ts';
export { fetchCertificates, readPem } from '../trust/certificates.ts';
export { certificateFolder, readCertificates } from '../trust/certsd.ts';
export { probeRegistry } from './probe.ts';
export { readDetails, readDocument, readPlatform, readTag, tagListOf } from './tagFacts.ts';
