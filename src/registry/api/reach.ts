// What asks registries over the network, as one file that is loaded when the first registry is asked.

export { probeRegistry } from '../known/probe.ts';
export { fetchCertificates, readPem } from '../trust/certificates.ts';
export { certificateFolder, readCertificates } from '../trust/certsd.ts';
export { createRegistryClient } from './client.ts';
export { describeImage } from './remoteImage.ts';
