import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { announcedAddresses, freeUdpPort } from './addresses.ts';

describe('announcedAddresses', () => {
  test('a public address is announced alone', () => {
    expect(announcedAddresses(['203.0.113.9'], undefined)).toEqual(['203.0.113.9']);
    expect(announcedAddresses(['203.0.113.9'], '10.0.0.2')).toEqual(['203.0.113.9']);
  });

  test('otherwise the bound address, or every address of this machine, loopback last', () => {
    expect(announcedAddresses([], '10.0.0.2')).toEqual(['10.0.0.2']);
    const all = announcedAddresses([], undefined);
    expect(all).toContain('127.0.0.1');
    expect(all.every((address) => isIP(address) > 0 && !address.startsWith('fe80:'))).toBe(true);
    const loopback = all.findIndex((address) => address.startsWith('127.') || address === '::1');
    expect(all.slice(loopback).every((address) => address.startsWith('127.') || address === '::1')).toBe(true);
  });
});

describe('freeUdpPort', () => {
  test('finds a port, and says so if the one wanted is taken', async () => {
    const port = await freeUdpPort(0, '127.0.0.1');
    expect(port).toBeGreaterThan(0);
    const taken = createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(port, '127.0.0.1', resolve));
    await expect(freeUdpPort(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    taken.close();
  });

  test('refuses an address that is not of this machine', async () => {
    await expect(freeUdpPort(0, '203.0.113.9')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });
});
