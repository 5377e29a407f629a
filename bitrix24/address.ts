/**
 * Tells whether a server on the internet can never reach this host: loopback, private and link-local addresses, and
 * names without a dot.
 *
 * @param hostname as in `URL.hostname`; IPv6 in brackets.
 */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
	if (host.includes(':')) return host === '::1' || /^f[cd]/.test(host) || /^fe[89ab]/.test(host);
	if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
		return /^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\./.test(host);
	}
	return !host.includes('.') || /\.(localhost|local|internal|lan|home)$/.test(host);
}

/**
 * Reads host and port from an address as people give it: a host, a URL, a page of the portal.
 *
 * @returns host and port as in `URL.host`, without a port that a web address has anyway; undefined when there is none.
 */
export function hostOf(address: string): string | undefined {
	const [, given = ''] = /^(?:https?:\/\/)?([^/?#\s]*)/i.exec(address.trim()) ?? [];
	if (!given || !URL.canParse(`https://${given}`)) return undefined;
	return new URL(`https://${given}`).host.replace(/:80$/, '');
}
