// Addresses and subnets of networks.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addressesIn, checkSubnets } from '../../../../src/model/networks/predefined.ts';

describe('networks', () => {
  it('read addresses and refuse what is no subnet', () => {
    assert.deepEqual(
      [...addressesIn({ Containers: { a: { IPv4Address: '10.0.0.2/24', IPv6Address: '' }, b: 3 } })],
      [
        ['a', '10.0.0.2/24'],
        ['b', ''],
      ],
    );
    assert.equal(checkSubnets(['172.30.0.0/16', 'fd00:1::/64']), undefined);
    assert.match(checkSubnets(['10.0.0.0']) ?? '', /not a subnet/);
  });
});
