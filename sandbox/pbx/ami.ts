import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { parseCallerId, parseEndpoint } from './call';
import { assignedIds, idComplaint } from './channelIds';
import type { Exchange } from './exchange';

type Fields = Record<string, string | undefined>;
type Query = Readonly<Record<string, string | string[]>>;

/** AMI's originate counts its timeout in milliseconds and waits 30 s by default. */
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Adds the older way to originate: AMI over HTTP (`webenabled=yes` in manager.conf), actions login, originate and
 * logoff. A session is a cookie, as on a real Asterisk.
 * @param credentials the user of `manager.conf`
 */
export function addAmi(
	app: FastifyInstance,
	exchange: Exchange,
	credentials: { user: string; password: string },
): void {
	const sessions = new Set<string>();
	app.get<{ Querystring: Query }>('/rawman', (request, reply) => {
		const fields = readFields(request.query);
		const session = /mansession_id="?([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
		reply.type('text/plain');
		const action = (fields.action ?? '').toLowerCase();
		if (action === 'login') {
			if (fields.username !== credentials.user || fields.secret !== credentials.password)
				return answer('Error', 'Authentication failed');
			const id = randomBytes(4).toString('hex');
			sessions.add(id);
			reply.header('set-cookie', `mansession_id="${id}"; Version=1; Max-Age=60`);
			return answer('Success', 'Authentication accepted');
		}
		if (!sessions.has(session)) return answer('Error', 'Authentication Required');
		if (action === 'originate') return originate(exchange, fields);
		if (action === 'logoff') {
			sessions.delete(session);
			return answer('Goodbye', 'Thanks for all the fish.');
		}
		return answer(
			'Error',
			`Invalid/unknown command: ${fields.action ?? ''}. Use Action: ListCommands to show available commands.`,
		);
	});
}

function readFields(query: Query): Fields {
	const fields: Fields = {};
	for (const [name, value] of Object.entries(query)) {
		fields[name.toLowerCase()] = Array.isArray(value) ? value.join(',') : value;
	}
	return fields;
}

function answer(response: string, message: string): string {
	return `Response: ${response}\r\nMessage: ${message}\r\n\r\n`;
}

function originate(exchange: Exchange, fields: Fields): string {
	if (!fields.channel) return answer('Error', 'Channel not specified');
	const endpoint = parseEndpoint(fields.channel);
	if (!endpoint) return answer('Error', 'Invalid channel');
	// Without async Asterisk keeps the request open until the employee answers; no workflow should do that.
	if (!/^(true|yes|y|t|1|on)$/i.test(fields.async ?? ''))
		return answer('Error', 'This simulated PBX originates with async=true only');
	const wanted = { channelId: fields.channelid ?? '', otherChannelId: fields.otherchannelid ?? '' };
	const complaint = idComplaint(wanted);
	if (complaint) return answer('Error', complaint);
	const reachable = endpoint.technology === 'Local' || exchange.options.isRegistered(endpoint.extension);
	// Whether it came to a dial stands in an event of Asterisk's, which HTTP does not carry; the answer is always the
	// same.
	if (reachable) {
		exchange.originate({
			endpoint,
			ids: assignedIds(wanted, endpoint),
			context: fields.context ?? 'default',
			priority: Number(fields.priority) || 1,
			callerId: parseCallerId(fields.callerid ?? ''),
			timeout: (Number(fields.timeout) || DEFAULT_TIMEOUT_MS) / 1000,
			variables: readVariables(fields.variable ?? ''),
		});
	}
	return answer('Success', 'Originate successfully queued');
}

function readVariables(list: string): Record<string, string> {
	const pairs = list.split(',').map((pair): [string, string] => {
		const equals = pair.indexOf('=');
		return equals < 0 ? [pair.trim(), ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
	});
	return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}
