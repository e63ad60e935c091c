/**
 * TURN servers are relays, and "directly" means without any: of each only the service that tells a browser its own address is used, which every
 * TURN server has on the same port (RFC 8656 section 1). Browsers know STUN over UDP only.
 */
export function withoutRelays(servers: readonly RTCIceServer[]): RTCIceServer[] {
  const urls = new Set<string>();
  for (const url of servers.flatMap((server) => server.urls)) {
    const [, scheme, address, transport] = /^(stun|turn):([^?]+)(?:\?transport=(\w+))?$/i.exec(url) ?? [];
    if (scheme !== undefined && address !== undefined && transport?.toLowerCase() !== 'tcp') urls.add(`stun:${address}`);
  }
  return urls.size === 0 ? [] : [{ urls: [...urls] }];
}
