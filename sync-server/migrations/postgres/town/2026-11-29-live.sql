-- What is committed is told to every process that listens, by the transaction itself: a notification leaves with the commit,
-- or not at all. What it says is an event of the protocol; `look` is for what concerns listeners and is none.

CREATE FUNCTION tell_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rasoat', 'head ' || encode(NEW.unit, 'hex') || ' ' || NEW.head);
    RETURN NULL;
END $$;
CREATE TRIGGER scopes_tell AFTER UPDATE OF head ON scopes FOR EACH ROW
WHEN (NEW.head <> OLD.head) EXECUTE FUNCTION tell_head();

CREATE FUNCTION tell_configuration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rasoat', 'configuration ' || NEW.configuration_version);
    RETURN NULL;
END $$;
CREATE TRIGGER identity_tells AFTER UPDATE OF configuration_version ON identity FOR EACH ROW
EXECUTE FUNCTION tell_configuration();

CREATE FUNCTION tell_to_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rasoat', 'look');
    RETURN NULL;
END $$;
CREATE TRIGGER enrolments_tell AFTER UPDATE OF revoked_at ON enrolments FOR EACH ROW
EXECUTE FUNCTION tell_to_look();
