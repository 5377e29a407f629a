import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordingBytes, recordingStream } from '../pbx/recording';
import type { IncomingStory, Switches } from './common';
import { jsonMessage, jsonOf, Stage, textOf, type Message } from './stage';
import { incomingReports, outgoingReports, type YeastarReport } from './yeastarReports';

type Fields = Record<string, string>;

/** Tokens that are valid at once; the documents say 8. */
const TOKENS = 8;
/** Wrong logins after which the address is blocked. */
const WRONG_LOGINS = 5;

/**
 * A stand-in of Yeastar's P-series, Open API v1.0, as its documents tell it. Not verified against the live service.
 * What they leave open is played both ways: `msg` as text or as an object, the signature over bytes or hex.
 */
export class Yeastar {
	readonly stage: Stage;
	/** How `msg` of a webhook is written. */
	message: 'text' | 'object' = 'text';
	/** Valid access tokens, oldest first. */
	readonly tokens: string[] = [];
	private readonly refreshTokens = new Set<string>();
	private wrongLogins = 0;
	private calls = 0;

	constructor(
		readonly login = { id: 'test-id', secret: 'test-secret' },
		readonly webhookSecret = '0123456789abcdef0123456789abcdef',
		switches: Partial<Switches> = {},
	) {
		this.stage = new Stage(switches, (status) => ({ errcode: status, errmsg: 'FAILURE' }));
		const { app } = this.stage;
		app.addHook('preHandler', async (request, reply) => {
			// The PBX hides from whoever does not say this.
			if (request.headers['user-agent'] !== 'OpenAPI')
				return reply.code(403).type('text/html').send('<html>Forbidden</html>');
		});
		const base = '/openapi/v1.0';
		app.post(`${base}/get_token`, (request, reply) => reply.send(this.getToken(jsonOf(textOf(request)))));
		app.post(`${base}/refresh_token`, (request, reply) => reply.send(this.refresh(jsonOf(textOf(request)))));
		app.post(`${base}/call/dial`, (request, reply) =>
			reply.send(this.refusal(request) ?? this.dial(jsonOf(textOf(request)))),
		);
		app.get(`${base}/del_token`, (request, reply) =>
			reply.send(this.refusal(request) ?? this.deleteToken(tokenOf(request))),
		);
		app.get(`${base}/system/information`, (request, reply) =>
			reply.send(this.refusal(request) ?? success({ information: {} })),
		);
		app.get<{ Querystring: Fields }>(`${base}/recording/download`, (request, reply) =>
			reply.send(this.refusal(request) ?? this.recording(request.query.file ?? '')),
		);
		app.get<{ Params: { name: string } }>('/api/download/:name', (request, reply) => this.file(request, reply));
	}

	/** A client calls the company. @returns the call's id */
	async callIn(call: { client: string; line: string; story: IncomingStory }): Promise<string> {
		const id = this.nextId();
		await this.report(incomingReports(id, call, this.stage.switches));
		return id;
	}

	/** Ends the tokens' time. */
	expireTokens(): void {
		this.tokens.length = 0;
	}

	private getToken({ username, password }: Record<string, unknown>): object {
		if (this.wrongLogins >= WRONG_LOGINS) return failure(70087, 'ACCOUNT IP LOCKED');
		if (username === this.login.id && password === this.login.secret) return this.newToken();
		this.wrongLogins += 1;
		return failure(20002, 'PASSWORD ERROR');
	}

	private refresh({ refresh_token: token }: Record<string, unknown>): object {
		return this.refreshTokens.delete(String(token)) ? this.newToken() : failure(10005, 'REFRESH TOKEN EXPIRED');
	}

	private newToken(): object {
		if (this.tokens.length >= TOKENS) return failure(10003, 'TOKEN LIMIT');
		const [token, next] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
		this.tokens.push(token);
		this.refreshTokens.add(next);
		return success({
			access_token_expire_time: 1800,
			access_token: token,
			refresh_token_expire_time: 86400,
			refresh_token: next,
		});
	}

	private deleteToken(token: string): object {
		this.tokens.splice(this.tokens.indexOf(token), 1);
		return success({});
	}

	private refusal(request: FastifyRequest): object | undefined {
		return this.tokens.includes(tokenOf(request)) ? undefined : failure(10004, 'TOKEN EXPIRED');
	}

	private dial({ caller = '', callee = '' }: Record<string, unknown>): object {
		if (!/^10[1-4]$/.test(String(caller))) return failure(60001, 'EXTENSION NOT EXISTED');
		if (!/^\+?\d{3,}$/.test(String(callee))) return failure(40002, 'PARAMETER ERROR');
		const id = this.nextId();
		this.stage.play(async () => {
			await this.report(
				outgoingReports(id, { extension: String(caller), client: String(callee) }, this.stage.switches),
			);
		});
		return success({ call_id: id });
	}

	private recording(file: string): object {
		if (!file || !this.stage.isReady(file)) return failure(60020, 'RECORDING FILE NOT EXISTED');
		return success({ file, download_resource_url: `/api/download/Recording-${file}` });
	}

	private file(request: FastifyRequest, reply: FastifyReply): FastifyReply {
		if (!this.tokens.includes(tokenOf(request))) return reply.code(401).send(failure(10004, 'TOKEN EXPIRED'));
		const { talk } = this.stage.switches;
		return reply.type('audio/wav').header('content-length', recordingBytes(talk)).send(recordingStream(talk));
	}

	private async report(reports: readonly YeastarReport[]): Promise<void> {
		await this.stage.send(
			reports.map(({ type, msg }) =>
				this.signed({ type, sn: '3631A2100001', msg: this.message === 'text' ? JSON.stringify(msg) : msg }),
			),
		);
	}

	private signed(report: object): Message {
		const body = JSON.stringify(report);
		const { forged, signature } = this.stage.switches;
		return jsonMessage(this.stage.address, body, {
			'x-signature': yeastarSignature(forged ? 'wrong' : this.webhookSecret, body, signature),
		});
	}

	private nextId(): string {
		this.calls += 1;
		return `1772442845.${this.calls}`;
	}
}

/** Signature of a webhook. Whether the service puts the bytes into base64 or their hex text is not stated. */
export function yeastarSignature(secret: string, body: string, over: Switches['signature']): string {
	const digest = createHmac('sha256', secret).update(body).digest();
	return (over === 'hex' ? Buffer.from(digest.toString('hex')) : digest).toString('base64');
}

function tokenOf(request: FastifyRequest): string {
	return String((request.query as Fields).access_token ?? '');
}

function success(more: object): object {
	return { errcode: 0, errmsg: 'SUCCESS', ...more };
}

/** Errors come with HTTP status 200. */
function failure(errcode: number, errmsg: string): object {
	return { errcode, errmsg };
}
