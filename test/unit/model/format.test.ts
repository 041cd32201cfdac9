import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatAge, formatPorts, formatSize } from '../../../src/model/format.ts';

describe('format', () => {
  it('sizes', () => {
    const sizes = [0, 999, 1000, 999_500, 4_260_000, 1.5e9, 2e15].map(formatSize);
    assert.deepEqual(sizes, ['0 B', '999 B', '1 kB', '1 MB', '4.26 MB', '1.5 GB', '2000 TB']);
  });

  it('ages', () => {
    const hour = 3_600_000;
    const day = 24 * hour;
    const ages = [0, 60_000, 59 * 60_000, hour, 47 * hour, 2 * day, 13 * day, 21 * day, 90 * day, 800 * day, -hour];
    assert.deepEqual(
      ages.map((age) => formatAge(0, age)),
      [
        'less than a minute ago',
        '1 minute ago',
        '59 minutes ago',
        '1 hour ago',
        '47 hours ago',
        '2 days ago',
        '13 days ago',
        '3 weeks ago',
        '3 months ago',
        '2 years ago',
        'less than a minute ago',
      ],
    );
  });

  it('ports: published ones, each once', () => {
    const tcp = { container: 80, protocol: 'tcp', host: 8080 } as const;
    const ports = [
      { ...tcp, address: '0.0.0.0' },
      { ...tcp, address: '::' },
      { container: 53, protocol: 'udp', host: 53 },
    ] as const;
    assert.equal(formatPorts([...ports, { container: 443, protocol: 'tcp' }]), '8080→80, 53→53/udp');
  });
});
