import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Core } from '../core';
import { checkBodies } from './checked';
import type { PortalControl } from './control';
import { BODIES } from './schemas';
import { snapshot } from './snapshot';

/**
 * The control interface: POST /sandbox/<name> with a JSON body. Every action answers `{ok: true, value}`; a refusal is
 * 400 with `{ok: false, problem}`. The bodies are those of {@link PortalControl}.
 *
 * | path | body |
 * |---|---|
 * | click | userId, phoneNumber, entityType?, entityId?, lineNumber?, callListId? |
 * | card/dismiss | callId, userId |
 * | callback | lineNumber, phoneNumber, text?, userId? |
 * | switches | switch -> value |
 * | settings | setting -> value |
 * | limits | intensity, bucket, leakPerSecond, operating, requestSeconds |
 * | faults | kind, target?, count?, seconds?, code? |
 * | faults/clear | id? |
 * | tokens/expire | userId? |
 * | tokens/revoke | kind? access, refresh or both |
 * | application | id?, clientId, clientSecret, handlerUrl, installUrl, scopes, installed, active ... |
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
export function serveControl(app: FastifyInstance, core: Core, control: PortalControl): void {
	serveState(app, core);
	app.register(async (scope) => {
		checkBodies(scope, (problem) => ({ ok: false, problem }));
		serveActions(scope, control);
		serveApplications(scope, control);
	});
}

function serveState(app: FastifyInstance, core: Core): void {
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
}

function serveActions(scope: FastifyInstance, control: PortalControl): void {
	const routes = scope.withTypeProvider<TypeBoxTypeProvider>();
	routes.post('/sandbox/click', checked(BODIES.click), ({ body }) => done(control.click(body)));
	routes.post('/sandbox/card/dismiss', checked(BODIES.dismissCard), ({ body }) =>
		done(control.dismissCard(body.callId, body.userId)),
	);
	routes.post('/sandbox/callback', checked(BODIES.callback), ({ body }) => done(control.orderCallback(body)));
	routes.post('/sandbox/switches', checked(BODIES.switches), ({ body }) => done(control.setSwitches(body)));
	routes.post('/sandbox/settings', checked(BODIES.settings), ({ body }) => done(control.setSettings(body)));
	routes.post('/sandbox/limits', checked(BODIES.limits), ({ body }) => done(control.setLimits(body)));
	routes.post('/sandbox/faults', checked(BODIES.fault), ({ body }) => done(control.addFault(body)));
	routes.post('/sandbox/faults/clear', checked(BODIES.someId), ({ body }) => done(control.clearFaults(body.id)));
	routes.post('/sandbox/tokens/expire', checked(BODIES.employeeId), ({ body }) =>
		done(control.expireTokens(body.userId)),
	);
	routes.post('/sandbox/tokens/revoke', checked(BODIES.tokens), ({ body }) => done(control.revokeTokens(body.kind)));
	routes.post('/sandbox/default-line', checked(BODIES.defaultLine), ({ body }) =>
		done(control.setDefaultLine(body.line ?? null, body.userId)),
	);
	routes.post('/sandbox/employees', checked(BODIES.employees), ({ body: { count, ...fields } }) =>
		done(count === undefined ? control.addEmployee(fields) : control.addEmployees(count)),
	);
	routes.post('/sandbox/employee', checked(BODIES.employee), ({ body }) => done(control.setEmployee(body.id, body)));
	routes.post('/sandbox/clients', checked(BODIES.client), ({ body }) => done(control.addClient(body.type, body)));
	routes.post('/sandbox/move', checked(BODIES.move), ({ body }) => done(control.move(body.host)));
	routes.post('/sandbox/clock', checked(BODIES.clock), ({ body }) => done(control.advance(body.advance ?? 0)));
	routes.post('/sandbox/reset', () => done(control.reset()));
}

function serveApplications(scope: FastifyInstance, control: PortalControl): void {
	const routes = scope.withTypeProvider<TypeBoxTypeProvider>();
	routes.post('/sandbox/application', checked(BODIES.application), ({ body }) => done(control.setApplication(body)));
	routes.post('/sandbox/application/add', checked(BODIES.newApplication), ({ body }) =>
		done(control.addApplication(body)),
	);
	routes.post('/sandbox/application/install', checked(BODIES.install), ({ body }) =>
		done(control.installApplication(body.id, body.userId)),
	);
	routes.post('/sandbox/application/update', checked(BODIES.someId), ({ body }) =>
		done(control.updateApplication(body.id)),
	);
	routes.post('/sandbox/application/remove', checked(BODIES.remove), ({ body }) =>
		done(control.removeApplication(body.id, body.clean)),
	);
}

function checked<Schema>(body: Schema): { schema: { body: Schema } } {
	return { schema: { body } };
}

function done(value: unknown): { ok: true; value: unknown } {
	return { ok: true, value: value ?? null };
}
