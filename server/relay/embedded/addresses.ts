import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** A browser tries every candidate it is given; a host with more interfaces than this has mostly virtual ones. */
const MAX_ADDRESSES = 12;

/**
 * The addresses at which browsers may find the media port, in order of preference.
 *
 * @param mediaAddresses set by who runs the server behind a public address; announced alone, so that nothing internal is told to the world
 * @param bindAddress the one address that the port is bound to, if not all
 */
export function announcedAddresses(mediaAddresses: readonly string[], bindAddress: string | undefined): string[] {
  if (mediaAddresses.length > 0) return [...mediaAddresses];
  if (bindAddress !== undefined) return [bindAddress];
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  // A link-local IPv6 address means nothing without the listener's own interface name.
  const usable = found.filter((entry) => !(entry.family === 'IPv6' && entry.address.startsWith('fe80:')));
  const rank = (entry: { internal: boolean; family: string }): number => (entry.internal ? 2 : 0) + (entry.family === 'IPv6' ? 1 : 0);
  usable.sort((a, b) => rank(a) - rank(b));
  return usable.slice(0, MAX_ADDRESSES).map((entry) => entry.address);
}

/**
 * A UDP port that is free now: `port` itself, or one that the system picks if it is 0. The native library cannot tell which port it
 * was given, nor why it was refused one, so both are found out here.
 *
 * @throws Error of the socket (EADDRINUSE, EADDRNOTAVAIL, EACCES)
 */
export function freeUdpPort(port: number, bindAddress: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(bindAddress !== undefined && isIPv6(bindAddress) ? 'udp6' : 'udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, exclusive: true, ...(bindAddress === undefined ? {} : { address: bindAddress }) }, () => {
      const bound = socket.address().port;
      socket.close(() => resolve(bound));
    });
  });
}
