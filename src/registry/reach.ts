// What asks registries over the network, as one file that is loaded when the first registry is asked.
export { fetchCertificates, readPem } from './certificates.ts';
export { certificateFolder, readCertificates } from './certsd.ts';
export { createRegistryClient } from './client.ts';
export { probeRegistry } from './probe.ts';
export { describeImage } from './remoteImage.ts';
