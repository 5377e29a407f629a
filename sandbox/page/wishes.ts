import { Type } from '@fastify/type-provider-typebox';
import type { Button, Side, TransferKind } from '../pbx';
import { oneOf } from '../portal/control/checked';
import { FAULT_KINDS } from '../portal/faults';

const SIDES = ['employee', 'client'] as const satisfies readonly Side[];
const BUTTONS = [
	'answer',
	'busy',
	'noanswer',
	'hangup',
	'congestion',
	'chanunavail',
] as const satisfies readonly Button[];
const KINDS = ['blind', 'attended'] as const satisfies readonly TransferKind[];

const text = Type.String({ minLength: 1 });
const maybeText = Type.Optional(Type.String());
const id = Type.Integer();
const flag = Type.Optional(Type.Boolean());

/** What the page can ask for, and with what. */
export const WISHES = {
	click: Type.Object({ userId: id, number: text, clientType: maybeText, clientId: Type.Optional(id) }),
	incoming: Type.Object({ number: text, line: text }),
	press: Type.Object({ channelId: text, side: oneOf(SIDES), button: oneOf(BUTTONS), extension: maybeText }),
	hold: Type.Object({ channelId: text }),
	transfer: Type.Object({ channelId: text, to: text, kind: oneOf(KINDS) }),
	addresses: Type.Object({ reportUrl: Type.String(), askUrl: Type.String() }),
	dismissCard: Type.Object({ callId: text, userId: id }),
	outgoing: Type.Object({ value: Type.String({ pattern: '^(\\d+:.*)?$' }) }),
	application: Type.Object({ id, installed: flag, active: flag, handlerUrl: maybeText }),
	scope: Type.Object({ id, scope: text, granted: Type.Boolean() }),
	addLine: Type.Object({ number: text, name: maybeText, crmAutoCreate: flag }),
	removeLine: Type.Object({ id }),
	limit: Type.Object({ limit: oneOf(['intensity', 'operating']), on: flag }),
	addFault: Type.Object({
		kind: oneOf(FAULT_KINDS),
		target: maybeText,
		count: Type.Optional(Type.Integer({ minimum: 1 })),
		code: maybeText,
		seconds: Type.Optional(Type.Number({ minimum: 0 })),
	}),
	removeFault: Type.Object({ id }),
};
