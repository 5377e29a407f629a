import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordingBytes, recordingStream } from '../pbx/recording';
import { FreeSwitchCall, type FreeSwitchPlace } from './freeswitchCall';
import type { Dialplan, Variables } from './dialplan';
import type { IncomingStory, Switches } from './common';
import { Stage } from './stage';

const USAGE =
	'-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]\n';
/** Bytes of a request's head that mod_xml_rpc reads. */
const LONGEST_HEAD = 4000;

/** Who may use the HTTP interface, and how it is set up. */
export interface FreeSwitchOptions {
	user?: string;
	password?: string;
	/** Commands of `http-allowed-api`; all without it. */
	allowed?: readonly string[];
	/** Where mod_json_cdr posts to; nowhere without it. */
	cdrAddress?: string;
}

/**
 * A stand-in of FreeSWITCH with mod_xml_rpc, mod_curl and mod_json_cdr, playing a dialplan file. Facts: seen on a real
 * one. Phones are 101 to 104; of those 104 is known and not registered.
 */
export class FreeSwitch implements FreeSwitchPlace {
	readonly stage: Stage;
	/** Applications that arguments of originate started past the dialplan: none, unless somebody crafted a number. */
	readonly executed: string[] = [];
	/** Uuids of channels that live. A second originate with one of them is refused. */
	readonly live = new Set<string>();
	/** Seconds of each recording, by file name. */
	readonly recordings = new Map<string, number>();
	readonly cdrAddress: string | undefined;
	private readonly user: string;
	private readonly password: string;

	/** @param dialplan made when the first call needs it, for the report's address may be known late */
	constructor(
		readonly dialplan: () => Dialplan,
		private readonly options: FreeSwitchOptions = {},
		switches: Partial<Switches> = {},
	) {
		this.user = options.user ?? 'n8n';
		this.password = options.password ?? 'secret';
		this.cdrAddress = options.cdrAddress;
		this.stage = new Stage(switches, () => page('Error'));
		const { app } = this.stage;
		app.addHook('onRequest', (request, reply, done) => {
			const refused = this.refusal(request);
			if (refused) refuse(reply, refused);
			else done();
		});
		for (const kind of ['txtapi', 'api', 'webapi']) {
			app.all<{ Params: { command: string } }>(`/${kind}/:command`, (request, reply) => this.command(request, reply));
		}
		app.get<{ Params: { name: string } }>('/bitrix24/:name', (request, reply) => this.file(reply, request.params.name));
		app.get<{ Params: { name: string } }>('/pub/bitrix24/:name', (request, reply) =>
			this.file(reply, request.params.name),
		);
		app.delete('/bitrix24/:name', (_request, reply) =>
			reply.code(405).type('text/html').send(page('Method Not Allowed')),
		);
	}

	/** A client calls the company. @returns the uuid of the call */
	async callIn(call: { client: string; line: string; story: IncomingStory }): Promise<string> {
		const uuid = randomUUID();
		await new FreeSwitchCall(this, { uuid, direction: 'inbound' }).comeIn(call);
		return uuid;
	}

	private refusal({ url, headers, method }: FastifyRequest): number {
		const head = `${method} ${url} HTTP/1.1\r\n${Object.entries(headers)
			.map(([name, value]) => `${name}: ${String(value)}`)
			.join('\r\n')}`;
		if (head.length > LONGEST_HEAD) return 408;
		if (url.startsWith('/pub/')) return 0;
		const given = Buffer.from(/^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '', 'base64').toString();
		if (given !== `${this.user}:${this.password}`) return 401;
		const command = /^\/(?:txt|web)?api\/(\w+)/.exec(url)?.[1];
		return command && this.options.allowed && !this.options.allowed.includes(command) ? 686 : 0;
	}

	private async command(
		request: FastifyRequest<{ Params: { command: string } }>,
		reply: FastifyReply,
	): Promise<FastifyReply> {
		const raw = request.url.slice(request.url.indexOf('?') + 1);
		const text = await this.carriedOut(
			request.params.command,
			request.url.includes('?') ? decodeURIComponent(raw) : '',
		);
		return reply
			.type(request.url.startsWith('/txtapi') ? 'text/plain' : 'text/html')
			.header('connection', 'close')
			.send(text);
	}

	private async carriedOut(command: string, argument: string): Promise<string> {
		if (command === 'originate') return await this.originate(argument);
		if (command === 'uuid_exists') return String(this.live.has(argument));
		return 'INVALID COMMAND!\n';
	}

	private async originate(argument: string): Promise<string> {
		const [target = '', destination = '', , context = 'default'] = words(argument);
		if (!destination) return USAGE;
		const [, list = '', endpoint = ''] = /^(?:\{((?:\$\{\w+\}|[^}])*)\})?(.*)$/s.exec(target) ?? [];
		const variables = variablesOf(list);
		const uuid = variables.origination_uuid ?? randomUUID();
		const failure = this.live.has(uuid) ? 'DESTINATION_OUT_OF_ORDER' : this.endpointFailure(endpoint);
		if (failure) return `-ERR ${failure}\n`;
		const call = new FreeSwitchCall(this, {
			...variables,
			uuid,
			direction: 'outbound',
			dialed_user: endpoint.slice('user/'.length),
		});
		if (this.stage.switches.click === 'employeeNoAnswer') return `-ERR ${await call.notTaken()}\n`;
		if (destination.startsWith('&')) this.executed.push(destination);
		else this.stage.play(async () => await call.goOut(context, destination));
		return `+OK ${uuid}\n`;
	}

	private endpointFailure(endpoint: string): string | undefined {
		const extension = /^user\/([^@]*)/.exec(endpoint)?.[1];
		if (extension === undefined)
			return endpoint.startsWith('sofia/gateway/') ? 'INVALID_GATEWAY' : 'CHAN_NOT_IMPLEMENTED';
		if (extension === '104') return 'USER_NOT_REGISTERED';
		return /^10[123]$/.test(extension) ? undefined : 'SUBSCRIBER_ABSENT';
	}

	private file(reply: FastifyReply, name: string): FastifyReply {
		const seconds = this.recordings.get(name);
		if (seconds === undefined || !this.stage.isReady(name))
			return reply.code(404).type('text/html').send(page('Not Found'));
		return reply.type('audio/wav').header('content-length', recordingBytes(seconds)).send(recordingStream(seconds));
	}
}

/**
 * The arguments of a command: at spaces, unless they stand in quotes. So does FreeSWITCH, and a number may become an
 * application.
 */
function words(argument: string): string[] {
	return argument.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
}

/** `a=1,b='x y'`. A value with a variable in it is thrown away, as FreeSWITCH does. */
function variablesOf(list: string): Variables {
	const pairs = [...list.matchAll(/([^=,]+)=('[^']*'|[^,]*)/g)].map(([, name = '', value = '']): [string, string] => [
		name,
		value.replace(/^'|'$/g, ''),
	]);
	return Object.fromEntries(pairs.filter(([, value]) => !value.includes('${')));
}

/** Statuses that HTTP does not have, among them 686, are none for fastify either. */
function refuse(reply: FastifyReply, status: number): void {
	reply.hijack();
	const headers = {
		'content-type': 'text/html',
		...(status === 401 ? { 'www-authenticate': 'Basic realm="freeswitch"' } : {}),
	};
	reply.raw.writeHead(status, headers).end(page('Error'));
}

function page(text: string): string {
	return `<HTML><HEAD><TITLE>${text}</TITLE></HEAD><BODY><H1>${text}</H1></BODY></HTML>`;
}
