package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.store.Group;
import io.emailmonitor.simulator.store.Person;
import java.util.List;

/** The shapes of users and groups. */
final class DirectoryJson {

  static final Selection.EntityType USER =
      new Selection.EntityType(
          "user",
          List.of(
              "id,displayName,mail,userPrincipalName,accountEnabled,userType,businessPhones,givenName,jobTitle,mobilePhone,officeLocation,preferredLanguage,surname,proxyAddresses,createdDateTime,department,mailNickname,assignedLicenses,assignedPlans,otherMails,onPremisesSyncEnabled"
                  .split(",", -1)),
          List.of());
  static final Selection.EntityType GROUP =
      new Selection.EntityType(
          "group",
          List.of(
              "id,displayName,mail,mailNickname,mailEnabled,securityEnabled,groupTypes,description,visibility,proxyAddresses,createdDateTime"
                  .split(",", -1)),
          List.of());

  private DirectoryJson() {}

  static ObjectNode user(Person person, Selection selection) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", person.id());
    json.put("displayName", person.displayName());
    json.put("mail", person.address());
    json.put("userPrincipalName", person.address());
    json.putArray("businessPhones");
    for (String absent :
        List.of(
            "givenName",
            "jobTitle",
            "mobilePhone",
            "officeLocation",
            "preferredLanguage",
            "surname")) {
      json.putNull(absent);
    }
    if (!selection.isAll()) { // Graph keeps these back until they are asked for
      json.put("accountEnabled", !person.shared());
      json.put("userType", "Member");
      json.put("mailNickname", person.address().replaceAll("@.*", ""));
      json.putArray("proxyAddresses").add("SMTP:" + person.address());
    }
    return selection.applyTo(json);
  }

  static ObjectNode group(Group group, Selection selection) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", group.id());
    json.put("displayName", group.displayName());
    json.put("mail", group.address());
    json.put("mailNickname", group.address().replaceAll("@.*", ""));
    json.put("mailEnabled", true);
    json.put("securityEnabled", false);
    json.putArray("groupTypes").add("Unified");
    json.putNull("description");
    json.put("visibility", "Private");
    json.putArray("proxyAddresses").add("SMTP:" + group.address());
    return selection.applyTo(json);
  }

  static ObjectNode memberUser(Person person, Selection selection) {
    return typed("user", user(person, selection));
  }

  static ObjectNode memberGroup(Group group) {
    return typed("group", group(group, Selection.ALL));
  }

  private static ObjectNode typed(String type, ObjectNode entity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("@odata.type", "#microsoft.graph." + type);
    json.setAll(entity);
    return json;
  }
}
