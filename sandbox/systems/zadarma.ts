import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GROUP, mp3, written, type ClickStory, type IncomingStory, type Switches } from './common';
import { formMessage, formOf, jsonOf, Stage, type Message } from './stage';

/** What Zadarma says of the end of a click, without a call of any length. */
const CLICKS: Record<ClickStory, string> = {
	answered: 'answered',
	transfer: 'answered',
	clientBusy: 'busy',
	clientNoAnswer: 'no answer',
	employeeNoAnswer: 'cancel',
	employeeHangsUp: 'cancel',
};
/** Q.931 cause beside each disposition. */
const CAUSES: Record<string, string> = { answered: '16', busy: '17', 'no answer': '19', cancel: '16' };
/**
 * Which fields a webhook's signature is over, by its event; START, INTERNAL and END share one line of the documents.
 */
const SIGNED: Record<string, string[]> = {
	NOTIFY_ANSWER: ['caller_id', 'destination', 'call_start'],
	NOTIFY_OUT_START: ['internal', 'destination', 'call_start'],
	NOTIFY_OUT_END: ['internal', 'destination', 'call_start'],
	NOTIFY_RECORD: ['pbx_call_id', 'call_id_with_rec'],
};
const SIGNED_ELSE = ['caller_id', 'called_did', 'call_start'];

/** A client calls the company. */
export interface ZadarmaCall {
	client: string;
	line: string;
	story: IncomingStory;
}

type Fields = Record<string, string>;

/**
 * A stand-in of Zadarma's API v1 as its documents and SDKs tell it. Not verified against the live service. What they
 * leave open is played both ways: a recording that is not ready is refused once with 200 and once with 400.
 */
export class Zadarma {
	readonly stage: Stage;
	/** Whether nothing at all is reported of a click that the employee did not take. The documents do not tell. */
	silentWithoutEmployee = false;
	private calls = 0;
	private refusals = 0;

	constructor(
		readonly key = 'test-key',
		readonly secret = 'test-secret',
		switches: Partial<Switches> = {},
	) {
		this.stage = new Stage(switches, (status) => ({
			status: 'error',
			message: status === 429 ? 'You have exceeded limit' : 'Not authorized',
		}));
		const { app } = this.stage;
		app.get<{ Params: { name: string } }>('/records/:name', (_request, reply) =>
			reply.type('audio/mpeg').send(mp3(this.stage.switches.talk)),
		);
		app.get<{ Querystring: Fields }>('/v1/*', (request, reply) => this.answer(request, reply, request.query));
		app.post('/v1/*', (request, reply) => this.answer(request, reply, formOf(request)));
	}

	/**
	 * Enters the address of the webhooks, which Zadarma checks first.
	 * @returns whether it answered the check
	 */
	async enterAddress(address: string): Promise<boolean> {
		const response = await fetch(`${address}${address.includes('?') ? '&' : '?'}zd_echo=a1b2c3`);
		const accepted = response.ok && (await response.text()) === 'a1b2c3';
		if (accepted) this.stage.address = address;
		return accepted;
	}

	/**
	 * Plays an incoming call to its end.
	 * @returns its pbx_call_id
	 */
	async callIn(call: ZadarmaCall): Promise<string> {
		const id = this.nextId('in');
		const common = {
			caller_id: this.number(call.client),
			called_did: this.number(call.line),
			call_start: startOf(),
			pbx_call_id: id,
		};
		const [asked] = await this.stage.send([this.message({ event: 'NOTIFY_START', ...common })]);
		const { redirect } = jsonOf(asked?.answer ?? '');
		await this.stage.send(this.incoming(call, common, typeof redirect === 'string' ? [redirect] : GROUP));
		return id;
	}

	private answer(request: FastifyRequest, reply: FastifyReply, parameters: Fields): FastifyReply {
		const path = request.url.split('?')[0] ?? '';
		if (request.headers.authorization !== `${this.key}:${signatureOf(this.secret, path, parameters)}`)
			return refuse(reply, 401, 'Not authorized');
		if (/^\/v1\/request\/callback\/?$/.test(path)) return this.callBack(reply, parameters);
		if (/^\/v1\/pbx\/record\/request\/?$/.test(path)) return this.record(reply, parameters);
		return refuse(reply, 404, 'Not found');
	}

	private callBack(reply: FastifyReply, { from = '', to = '' }: Fields): FastifyReply {
		if (!from || !/^\+?\d{3,}$/.test(to)) return refuse(reply, 400, 'Wrong parameters');
		this.stage.play(async () => {
			await this.stage.send(this.outgoing(from, to));
		});
		return reply.send({ status: 'success', from, to, time: Math.floor(Date.now() / 1000) });
	}

	private record(reply: FastifyReply, { call_id: id, pbx_call_id: call }: Fields): FastifyReply {
		const name = id ?? call ?? '';
		if (!this.stage.isReady(name))
			return refuse(reply, (this.refusals += 1) % 2 === 0 ? 400 : 200, 'The record is not found');
		const link = `${this.stage.url}/records/${encodeURIComponent(name)}.mp3`;
		return reply.send({
			status: 'success',
			...(id === undefined ? { links: [link] } : { link }),
			lifetime_till: startOf(1800),
		});
	}

	private outgoing(from: string, to: string): Message[] {
		const { click } = this.stage.switches;
		if (click === 'employeeNoAnswer' && this.silentWithoutEmployee) return [];
		const common = {
			internal: from,
			destination: this.number(to),
			call_start: startOf(),
			pbx_call_id: this.nextId('out'),
		};
		const end = {
			event: 'NOTIFY_OUT_END',
			caller_id: '493012345678',
			...common,
			...this.end(CLICKS[click], common.pbx_call_id, from),
		};
		return this.messages([{ event: 'NOTIFY_OUT_START', ...common }, end], CLICKS[click] === 'answered');
	}

	private incoming({ story }: ZadarmaCall, common: Fields, rung: readonly string[]): Message[] {
		const ring = (internal: string): Fields => ({ event: 'NOTIFY_INTERNAL', ...common, internal });
		const answer = (internal: string): Fields => ({
			event: 'NOTIFY_ANSWER',
			...common,
			destination: internal,
			internal,
		});
		const end = (disposition: string, internal?: string): Fields => ({
			event: 'NOTIFY_END',
			...common,
			...(internal ? { internal } : {}),
			...this.end(disposition, common.pbx_call_id ?? '', internal),
		});
		if (story === 'lostInMenu')
			return this.messages([{ event: 'NOTIFY_IVR', ...common, wait_dtmf: '{"name":"menu"}' }, end('cancel')]);
		if (story === 'missedByAll') return this.messages([...rung.map(ring), end('no answer')]);
		const [first, second = first ?? ''] = rung;
		const taken = [...rung.map(ring), answer(second)];
		if (story === 'answeredBySecond') return this.messages([...taken, end('answered', second)], true);
		return this.messages([...taken, ring(GROUP[2]), answer(GROUP[2]), end('answered', GROUP[2])], true);
	}

	private end(disposition: string, id: string, internal = ''): Fields {
		const talked = disposition === 'answered';
		return {
			duration: talked ? String(this.stage.switches.talk) : '0',
			disposition,
			status_code: CAUSES[disposition] ?? '',
			is_recorded: talked ? '1' : '0',
			call_id_with_rec: talked ? `${id.replace(/\D/g, '')}.1-${internal}` : '',
		};
	}

	private messages(bodies: readonly Fields[], recorded = false): Message[] {
		const { pbx_call_id = '', call_id_with_rec = '' } = bodies.at(-1) ?? {};
		const record = { event: 'NOTIFY_RECORD', call_id_with_rec, pbx_call_id };
		return [...bodies, ...(recorded ? [record] : [])].map((fields) => this.message(fields));
	}

	private message(fields: Fields): Message {
		const text = (SIGNED[fields.event ?? ''] ?? SIGNED_ELSE).map((name) => fields[name] ?? '').join('');
		const { forged, signature } = this.stage.switches;
		return formMessage(this.stage.address, fields, {
			signature: webhookSignature(forged ? 'wrong' : this.secret, text, signature),
		});
	}

	private nextId(way: 'in' | 'out'): string {
		this.calls += 1;
		return `${way}_${randomBytes(8).toString('hex')}${this.calls}`;
	}

	private number(number: string): string {
		return written(number, this.stage.switches);
	}
}

/** Signature of a request: base64 of the hex text of HMAC-SHA1 over path, query and the query's MD5. */
export function signatureOf(secret: string, path: string, parameters: Fields): string {
	// As PHP's http_build_query writes it; URLSearchParams would leave the asterisk.
	const query = new URLSearchParams(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)))
		.toString()
		.replaceAll('*', '%2A');
	return webhookSignature(secret, path + query + createHash('md5').update(query).digest('hex'), 'hex');
}

/** Signature of a webhook; SDKs differ on what is put into base64. */
export function webhookSignature(secret: string, text: string, over: Switches['signature']): string {
	const digest = createHmac('sha1', secret).update(text).digest();
	return (over === 'hex' ? Buffer.from(digest.toString('hex')) : digest).toString('base64');
}

function startOf(later = 0): string {
	return new Date(Date.now() + later * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
	return reply.code(status).send({ status: 'error', message });
}
