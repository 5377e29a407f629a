import type { FastifyInstance } from 'fastify';
import type { Core } from '../core';
import { ClickError } from '../telephony/click';
import type { PortalControl } from './control';
import { snapshot } from './snapshot';

type Body = Record<string, unknown>;
type Action = (control: PortalControl, body: Body) => unknown;

/**
 * The control interface: POST /sandbox/<name> with a JSON body. Every action answers `{ok: true, value}`; a refusal is
 * 400 with `{ok: false, problem}`. The bodies are those of {@link PortalControl}.
 *
 * | path | body |
 * |---|---|
 * | click | userId, phoneNumber, entityType?, entityId?, lineNumber?, callListId? |
 * | callback | lineNumber, phoneNumber, text?, userId? |
 * | switches | switch -> value |
 * | settings | setting -> value |
 * | limits | intensity, bucket, leakPerSecond, operating, requestSeconds |
 * | faults | kind, target?, count?, seconds?, code? |
 * | faults/clear | id? |
 * | tokens/expire | userId? |
 * | tokens/revoke | kind? access, refresh or both |
 * | application | id?, clientId, clientSecret, handlerUrl, installUrl, scopes, installed, active, applicationToken ... |
 * | application/add, application/install, application/update, application/remove | fields, or id? |
 * | default-line | line: {applicationId, lineNumber} or null, userId? |
 * | employees | count (many at once), or the fields of one |
 * | employee | id and changes |
 * | clients | type and fields |
 * | move | host |
 * | clock | advance: seconds |
 * | reset | |
 *
 * GET /sandbox/state gives everything, GET /sandbox/state/<part> one part, GET /sandbox/recordings/<id> a recording.
 */
const ACTIONS: Readonly<Record<string, Action>> = {
	click: (control, body) => control.click(body as unknown as Parameters<PortalControl['click']>[0]),
	callback: (control, body) => control.orderCallback(body as unknown as Parameters<PortalControl['orderCallback']>[0]),
	switches: (control, body) => control.setSwitches(body),
	settings: (control, body) => control.setSettings(body),
	limits: (control, body) => control.setLimits(body),
	faults: (control, body) => control.addFault(body as unknown as Parameters<PortalControl['addFault']>[0]),
	'faults/clear': (control, body) => control.clearFaults(optionalNumber(body.id)),
	'tokens/expire': (control, body) => control.expireTokens(optionalNumber(body.userId)),
	'tokens/revoke': (control, body) =>
		control.revokeTokens(body.kind === 'access' || body.kind === 'refresh' ? body.kind : 'both'),
	application: (control, body) => control.setApplication(body),
	'application/add': (control, body) => control.addApplication(body),
	'application/install': (control, body) =>
		control.installApplication(optionalNumber(body.id), optionalNumber(body.userId)),
	'application/update': (control, body) => control.updateApplication(optionalNumber(body.id)),
	'application/remove': (control, body) => control.removeApplication(optionalNumber(body.id), body.clean === true),
	'default-line': (control, body) =>
		control.setDefaultLine(
			(body.line ?? null) as Parameters<PortalControl['setDefaultLine']>[0],
			optionalNumber(body.userId),
		),
	employees: (control, body) =>
		body.count === undefined ? control.addEmployee(body) : control.addEmployees(Number(body.count)),
	employee: (control, body) => control.setEmployee(Number(body.id), body),
	clients: (control, body) => control.addClient(body.type as Parameters<PortalControl['addClient']>[0], body),
	move: (control, body) => control.move(String(body.host)),
	clock: (control, body) => control.advance(Number(body.advance ?? 0)),
	reset: (control) => control.reset(),
};

/** Serves the control interface. */
export function serveControl(app: FastifyInstance, core: Core, control: PortalControl): void {
	app.get('/sandbox/state', async () => snapshot(core));
	app.get<{ Params: { part: string } }>('/sandbox/state/:part', async (request, reply) => {
		const all = snapshot(core);
		if (!Object.hasOwn(all, request.params.part))
			return reply.code(404).send({ ok: false, problem: `Parts are ${Object.keys(all).join(', ')}` });
		return reply.send(JSON.stringify(all[request.params.part]));
	});
	app.get<{ Params: { id: string } }>('/sandbox/recordings/:id', async (request, reply) => {
		const recording = core.state.recordings.get(Number(request.params.id));
		if (!recording) return reply.code(404).send({ ok: false, problem: 'There is no such recording' });
		return reply
			.header('content-type', recording.contentType)
			.header('content-length', recording.content.length)
			.send(recording.content);
	});
	for (const [name, act] of Object.entries(ACTIONS)) {
		app.post(`/sandbox/${name}`, async (request, reply) => {
			try {
				const body = typeof request.body === 'object' && request.body !== null ? { ...request.body } : {};
				return { ok: true, value: act(control, body) ?? null };
			} catch (error) {
				if (!(error instanceof ClickError || error instanceof RangeError)) throw error;
				return reply.code(400).send({ ok: false, problem: error.message });
			}
		});
	}
}

function optionalNumber(value: unknown): number | undefined {
	return value === undefined || value === null ? undefined : Number(value);
}
