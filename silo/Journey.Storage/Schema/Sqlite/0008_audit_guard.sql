-- needs: 7
-- The heads only move forward, and none is removed. (Who may write to the file may also drop a trigger: the seal, and heads kept elsewhere, tell of that.)
create trigger audit_head_no_delete before delete on audit_head begin select raise(abort, 'the heads of the audit trail only move forward'); end;
create trigger audit_head_forward before update on audit_head
when new.chain <> old.chain or new.sequence < old.sequence or new.base < old.base or new.base > new.sequence
  or (new.base = old.base and new.base_hash <> old.base_hash)
  or (new.base > old.base and not exists (select 1 from audit where chain = new.chain and sequence = new.base and hash = new.base_hash))
begin select raise(abort, 'the heads of the audit trail only move forward'); end;
