import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Pbx } from '../pbx';
import type { Portal } from '../portal';
import { checkBodies } from '../portal/control/checked';
import { Refusal } from '../portal/errors';
import { simulateIncoming } from './incoming';
import { WISHES } from './wishes';

/**
 * Adds `POST /page/do/<name>`: 200 with what the wish came to, 400 with `{message}` when it cannot be granted, 404
 * when there is no such wish. The page goes the ways that everybody has: the portal's control for what happens in its
 * user interface, its REST methods for the rest, and the buttons of the phones.
 */
export function addWishes(app: FastifyInstance, portal: Portal, pbx: Pbx): void {
	app.register(async (scope) => {
		checkBodies(scope, (message) => ({ message }));
		scope.post<{ Params: { name: string } }>('/page/do/:name', async (request, reply) =>
			reply.code(404).send({ message: `The page cannot ask for ${request.params.name}` }),
		);
		addCalls(scope, portal, pbx);
		addSettings(scope, portal);
		addTrials(scope, portal);
	});
}

function addCalls(scope: FastifyInstance, { control }: Portal, pbx: Pbx): void {
	const routes = scope.withTypeProvider<TypeBoxTypeProvider>();
	routes.post('/page/do/click', checked(WISHES.click), ({ body: { userId, number, clientType, clientId } }) => ({
		callId: control.click({ userId, phoneNumber: number.trim(), entityType: clientType, entityId: clientId }).callId,
	}));
	routes.post('/page/do/incoming', checked(WISHES.incoming), ({ body }) =>
		simulateIncoming(pbx, body.number, body.line),
	);
	routes.post('/page/do/press', checked(WISHES.press), ({ body: { channelId, side, button, extension } }) =>
		granted(pbx.press(channelId, side, button, extension), 'That phone is not in a call any more'),
	);
	routes.post('/page/do/hold', checked(WISHES.hold), ({ body }) =>
		granted(pbx.hold(body.channelId), 'Nobody talks on that phone'),
	);
	routes.post('/page/do/transfer', checked(WISHES.transfer), ({ body: { channelId, to, kind } }) =>
		granted(pbx.transfer(channelId, to, kind), 'Nobody talks on that phone'),
	);
	routes.post('/page/do/addresses', checked(WISHES.addresses), ({ body: { reportUrl, askUrl } }) =>
		done(pbx.control.setGlobals({ B24_REPORT_URL: reportUrl.trim(), B24_ASK_URL: askUrl.trim() })),
	);
	routes.post('/page/do/dismiss-card', checked(WISHES.dismissCard), ({ body: { callId, userId } }) =>
		done(control.dismissCard(callId, userId)),
	);
}

function addSettings(scope: FastifyInstance, portal: Portal): void {
	const { control, state } = portal;
	const routes = scope.withTypeProvider<TypeBoxTypeProvider>();
	routes.post('/page/do/outgoing', checked(WISHES.outgoing), ({ body }) => {
		const [applicationId = '', lineNumber = ''] = body.value.split(/:(.*)/s);
		return done(
			control.setDefaultLine(applicationId === '' ? null : { applicationId: Number(applicationId), lineNumber }),
		);
	});
	routes.post('/page/do/application', checked(WISHES.application), ({ body: { id, installed, active, handlerUrl } }) =>
		done(
			control.setApplication({
				id,
				...(installed === undefined ? {} : { installed }),
				...(active === undefined ? {} : { active }),
				...(handlerUrl === undefined ? {} : { handlerUrl: handlerUrl.trim() }),
			}),
		),
	);
	routes.post('/page/do/scope', checked(WISHES.scope), ({ body: { id, scope: name, granted: isGranted } }) => {
		const others = (state.applications.get(id)?.scopes ?? []).filter((one) => one !== name);
		return done(control.setApplication({ id, scopes: isGranted ? [...others, name] : others }));
	});
	routes.post('/page/do/add-line', checked(WISHES.addLine), async ({ body: { number, name = '', crmAutoCreate } }) =>
		done(
			await portal.call('telephony.externalLine.add', {
				NUMBER: number.trim(),
				NAME: name.trim(),
				CRM_AUTO_CREATE: crmAutoCreate ? 'Y' : 'N',
			}),
		),
	);
	routes.post('/page/do/remove-line', checked(WISHES.removeLine), async ({ body: { id } }) => {
		const line = state.lines.find((one) => one.id === id);
		return done(line && (await portal.call('telephony.externalLine.delete', { NUMBER: line.number })));
	});
}

function addTrials(scope: FastifyInstance, { control }: Portal): void {
	const routes = scope.withTypeProvider<TypeBoxTypeProvider>();
	routes.post('/page/do/limit', checked(WISHES.limit), ({ body: { limit, on = true } }) =>
		done(control.setLimits({ [limit]: on })),
	);
	routes.post('/page/do/add-fault', checked(WISHES.addFault), ({ body: { target, count = 1, ...fault } }) =>
		done(control.addFault({ ...fault, count, target: target || '*' })),
	);
	routes.post('/page/do/remove-fault', checked(WISHES.removeFault), ({ body }) => done(control.clearFaults(body.id)));
}

function checked<Schema>(body: Schema): { schema: { body: Schema } } {
	return { schema: { body } };
}

/** The page sees what came of a wish in the next snapshot. */
function done(_result: unknown): object {
	return {};
}

function granted(isDone: boolean, reason: string): object {
	if (!isDone) throw new Refusal(reason);
	return {};
}
