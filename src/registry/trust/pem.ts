// Certificates in a PEM text.

/** The certificates of a text, each with its lines of BEGIN and END, in their order; what stands around them is left out. */
export function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
