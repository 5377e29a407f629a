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
