import { RestError } from '../../errors';

/**
 * Checks a handler's address: http or https, and a host with a dot in it, so `localhost` fails while 127.0.0.1 passes;
 * port, path and query are not looked at. [S rest/lib/handlerhelper.php]
 * @throws RestError ERROR_UNSUPPORTED_PROTOCOL or ERROR_WRONG_HANDLER_URL
 */
export function requireHandlerUrl(address: string): void {
	const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(address);
	const protocol = match?.[1]?.toLowerCase() ?? '';
	if (protocol !== 'http' && protocol !== 'https')
		throw new RestError(400, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol');
	const host = (match?.[2] ?? '').replace(/^.*@/, '').replace(/:\d*$/, '');
	if (!/^[^\s.]+(\.[^\s.]+)+$/.test(host) || !URL.canParse(address))
		throw new RestError(400, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL');
}
